import { GERUND } from "./phrases.ts";

/** What a title does: the verb it begins with, or the sentence that it is. */
const BEGIN = String.raw`^[^\p{L}]{0,6}(?:please |pls |can (?:you|we) (?:please )?|could (?:you|we) (?:please )?|we (?:should|need to|want to|must) |i (?:want|need|would like|wish) (?:to |there (?:is|was) )?|let['’]?s |ability to |option to |possibility to |a way to |it should be possible to |chore: )?`;
export const begin = (words: string) => new RegExp(`${BEGIN}(?:${words})(?![\\p{L}])`, "iu");

export const MAKE = begin("(?:adds?|adding|supports?|supporting|implements?|implementing|introduce|allows?|enable|provide|create|expose|offer|accept|let|include|integrate|build|extend|send|notify|generate|have|make it possible|publish|ship|bring|define|set up|detect|suggest|remember|skip|hide|display|show|highlight|translate|warn|handle|ask|open|autom\\w*|optional(?:ly)?|configurable|ajouter|añadir|agregar|hinzufügen|support for)(?! (?:fails?|failed|breaks?|crash\\w*|hangs?|stops?|is|are|was|can|cannot|can['’]t|takes|errors?|staff|agents?|in two)(?![\\p{L}]))"); // prettier-ignore
/** Verbs that are nouns as well: "Export to PDF" asks, "Export loses rows" complains. */
export const MAKE_OR_THING = begin("search|filter|sort|group|export|import|print|list|retry|re-?send|clone|duplicate|throttle|rate[- ]limit|share|store|schedule|sync|preview|back ?up|backups?|mail|report|log|cache|save|restore|undo|redo|bulk|batch|drag|pause|resume|split|pin|star|tag|zoom|snooze"); // prettier-ignore
export const MORE = begin(
  "new|more|less|extra|custom|better|faster|own|multiple|several|different|other|full|smarter|nicer|larger|smaller|bigger|longer|shorter|automatic|optional|native|improved|additional|separate",
);
export const RESHAPE = begin("refactor\\w*|restructur\\w*|reorgani[sz]\\w*|rework|rewrite|rewriting|clean\\w*|tidy\\w*|simplif\\w*|split\\w*|extract\\w*|move|moving|rename|renaming|dedup\\w*|de-?duplicat\\w*|unify|unifying|consolidat\\w*|inline|moderni[sz]\\w*|decoupl\\w*|untangle|isolate|merge|factor out|pull out|break up|generali[sz]e|abstract\\w*|encapsulat\\w*|flatten|normali[sz]e|standardi[sz]e|streamline|reduce|centrali[sz]e|hoist|modulari[sz]e|organi[sz]e"); // prettier-ignore
export const SWAP = begin("replac(?:e|es|ing)|convert(?:s|ing)?|migrat(?:e|es|ing)|port|porting|switch\\w*|transition|upgrade|upgrading|bump|adopt|go over|go from|change \\w+ (?:from|to)|turn \\w+ \\w*\\s?into|type|annotate|eliminate|abandon"); // prettier-ignore
export const TAKE_AWAY = begin("remov\\w*|drop\\w*|get rid|getting rid|delet\\w*|kill|purge|retire|deprecat\\w*|eliminat\\w*|stop using|don['’]t use|avoid\\w*|prune|strip|unused"); // prettier-ignore
export const FIX = begin("fix\\w*|repair|correct|resolve|prevent|ensure|make sure|handle|hotfix|investigate|debug");
export const EXPLAIN = begin("document|elaborate|documenting|explain\\w*|describ\\w*|clarif\\w*|mention|write|rewrite the|spell|proofread|improve the (?:docs?|documentation|readme)|note that|state|specify|say (?:which|what|how|when|where|that)|spell out|outline|illustrate|tell (?:people|users|readers)|how (?:do|to|can)|what (?:is|does|are)|where (?:is|do)"); // prettier-ignore
export const USE = begin("use|using|prefer|rely on|depend on|apply|enforce|follow");
export const UPDATE = begin("updat\\w*|improv\\w*|change|revise|adjust|enhance|make|review|overhaul|audit|polish|optimi[sz]e|speed up"); // prettier-ignore

/** A statement in the present tense: subject, then a verb with an s, or without one where there are several: "Remake the drop command" states nothing. */
export const STATEMENT = /^[^\p{L}`]{0,4}[\p{L}\d`'’./"()_:-]+(?: [\p{L}\d`'’./"()_:*-]+){0,7}? (?<!(?:^|[^\p{L}])(?:to|that|which|who) )(?:is|are|was|were|makes|looks|hangs|sees|lands|lacks|gets|got|goes|takes|comes|shows|returns|ignores|saves|drops|loses|needs(?! (?:to|an?|some)(?![\p{L}]))|becomes|appears|reappears|displays|uses|gives|causes|turns|leaves|lets|keeps|prints|reports|produces|creates|sends|opens|closes|jumps|resets|accepts|rejects|requires|has|have|had|had to|wipes|erases|discards|empties|overwrites|deletes|removes|renders|puts|adds|counts|reads|writes|treats|says|claims|consumes|grows|spins|overflows|redirects|expires|swallows|blocks|steals|scrolls|wraps|allows|parses|doubles|triggers|fires|starts|(?<!dry[ -])runs|picks|converts|transforms|strips|replaces|mangles|corrupts|breaks|assumes|applies|swaps|leaks|sorts|rounds|arrives|burns|eats|redraws|hides|stutters|points|[\p{L}]{2,}[^s\W]s(?= (?:the|an?|its|their|all|nothing|everything|anything|twice|too|off|away|itself|focus|forever|wrong|one|two|every|\d+)(?![\p{L}]))|(?<=(?:[\p{L}]{2}s|people|children|data|they|we|you|i|not|n['’]t|still|also|never|always|only|just|both) )(?:look|hang|see|land|lack|get|go|take|come|show|return|ignore|save|drop|lose|need(?! (?:to|an?|some|more)(?![\p{L}]))|become|appear|reappear|display|give|cause|turn|leave|let|keep|print|produce|jump|reset|accept|reject|require|render|overflow|expire|scroll|run|leak|arrive|hide|point))(?![\p{L}])/iu; // prettier-ignore

/** "when a run starts" says when, not what. */
export const mainClause = (title: string) =>
  title.split(/ (?:when|whenever|if|after|before|once|until|while)(?: |$)/iu)[0] ?? "";

/** "Enable button is grey": things of a screen are named after what they do. */
const NAMED_THING =
  /^[^\p{L}]{0,6}\p{L}+(?: \p{L}+){0,4} (?:buttons?|commands?|bundle|dialogs?|pages?|links?|icons?|menus?|options?|switch|screens?|fields?|tabs?|flags?|keys?|box|forms?|views?|panels?|windows?|shortcuts?|checkbox|settings?|toolbar|action|prompt|step|job|endpoint) (?:is|are|was|were|does|do|did|has|have|stays|shows|gets|opens|closes|fails|crashes|hangs|stopped|returns|throws|never|no longer)(?![\p{L}])/iu;

/** A title that begins with what a button says goes on with what the button does. */
const QUOTED_THING = /^\s*(?:"[^"]{1,40}"|“[^”]{1,40}”|«[^»]{1,40}») \p{L}/u;

/** "Deleting a card removes its labels" begins with what somebody did, not with what is to be done. */
export const isSubject = (title: string) =>
  NAMED_THING.test(title) || QUOTED_THING.test(title) || (GERUND.test(title) && STATEMENT.test(mainClause(title)));
