/**
 * Tickets that are not in English. What people say in a tracker is much the same everywhere: something fails, something is
 * not so, it happens when, please add, put in order, the text says. Each pattern has the stems of that one thing in the
 * languages that trackers are written in; what it speaks for is learnt with all the other signals.
 */
const anyOf = (...parts: readonly string[]) => new RegExp(parts.join("|"), "iu");
/** Letters of a Latin script make words; stems of other scripts are found anywhere. */
const words = (text: string) => `(?<![\\p{L}])(?:${text})(?![\\p{L}])`;

const FAULT = anyOf(
  words("\\p{L}*fehler\\p{L}*|kaputt|defekt|abst[uü]rz\\p{L}*|stürzt|hängt|verschwinde\\p{L}*|verschwunden|falsch\\p{L}*|doppelt angezeigt|leer|weiß|langsam|klappt|geht|fehlerhaft|bricht|verloren|abgeschnitten|überlappt|friert|blockiert|unlesbar"), // prettier-ignore
  words("erreurs?|plant(?:e|age|ages|é)|bloqu(?:e|é|ée)|bogues?|cass(?:e|é|ée)|mauvaise?s?|dispara(?:î|i)t|disparu\\p{L}*|échou\\p{L}*|échec|fige|vides?|lente?s?|perdus?|incorrecte?s?|illisible|doublons?"), // prettier-ignore
  words("falla\\p{L}*|fallo|error(?:es)?|erros?|falha\\p{L}*|se cierra|se cuelga|trava\\p{L}*|quebrad\\p{L}*|rot[oa]s?|vací[oa]s?|vazi[oa]s?|mal|incorrect[oa]s?|incorret[oa]s?|desaparec\\p{L}*|some|perd\\p{L}*|lent[oa]s?|duplicad[oa]s|bloquea\\p{L}*"), // prettier-ignore
  words("errori?|si blocca|si chiude|rott[oa]|vuot[oa]|sbagliat[oa]|fout(?:en|melding)?|loopt vast|stuk|błęd\\p{L}*|błąd|zawiesza|hata|fel|fejl|feil|kraschar|går ned"), // prettier-ignore
  "не работает|ошибк|пада(?:ет|ют)|не удается|вылета|завис|слома|пропада|пропал|пуст(?:ой|ая|ые)|неправильн|неверн|помилк|не працює",
  "失败|失敗|崩溃|崩潰|错误|錯誤|报错|報錯|异常|異常|闪退|閃退|卡死|卡住|卡顿|打不开|无响应|没有反应|消失|不见|丢失|重复出现|重复显示|结果重复|乱码|空白|有误|不对|不一致|失效|泄漏|占用(?:过|越来越)?高|越来越(?:高|慢|大)|太慢|很慢|不生效|显示不|无效",
  "エラー|動かない|動作しない|動かなく|クラッシュ|落ちる|固まる|おかしい|おかしく|文字化け|表示されない|反応しない|真っ白|消える|消えて|消えた|壊れ|失敗|不具合|バグ|ずれる|ずれて|重複して表示|遅い|遅く|フリーズ|止まる",
  "오류|에러|버그|안됨|안 됨|안돼|깨짐|깨진|깨져|멈춤|멈춥|멈춰|튕김|튕겨|사라짐|사라집|느림|느려|실패|비정상|중복 표시",
);
const NEGATION = anyOf(
  words("nicht|kein|keine[nrms]?|nichts|ohne|nie|niemals"),
  words("ne|n['’]\\p{L}+|pas|aucune?s?|rien|jamais|impossible|sans"),
  words("não|nunca|nada|nenhuma?|sin|sem|ningun[oa]?|ningún"),
  words("non|nessun[oa]?|niente|niet|geen|niets|nie|inte|ikke|değil"),
  "(?<![\\p{L}])(?:не|нет|нельзя|ничего|никак|немає)(?![\\p{L}])",
  "不能|不了|无法|無法|没有|沒有|不会|不到|不上|不出|不显示|不起作用|未能",
  "ない|ません|なかった|ず、|不可",
  "않|없(?:음|습|어|다)|못 ?(?:하|함|합)|안 (?:됩|나|보|열|되)",
);
const EVENT = anyOf(
  words("wenn|beim|nach dem|nachdem|seit|während|sobald|bei"),
  words("quand|lorsqu\\p{L}*|après|depuis|pendant|en cas de|au démarrage|dès que"),
  words("cuando|al|después de|desde|durante|ao|quando|após|depois de|dopo|bij|na|tijdens|när|efter|når|gdy|po"),
  "(?<![\\p{L}])(?:при|после|когда|во время|если|після)(?![\\p{L}])",
  "时(?!间)|時(?!間)|以后|之后|后(?!台|端|续)|的时候|升级|更新后",
  "すると|したら|した後|の後|後に|ときに|押しても|した場合|の場合|から発生",
  "하면|할 때|한 후| 후 |이후|시에",
);
const WISH = anyOf(
  words("bitte|wäre(?:n)? (?:\\p{L}+ )?(?:schön|toll|gut|hilfreich|praktisch|super)|wünsch\\p{L}*|wunsch|hinzufügen|ergänzen|unterstütz\\p{L}*|ermöglich\\p{L}*|erlauben|möglichkeit|anbieten|einführen|einstellbar|konfigurierbar|vorschlag|mehrere|neue[rsn]?"), // prettier-ignore
  words("ajout\\p{L}*|serait|pourrait|pouvoir|permettre|possibilité|prendre en charge|proposer|souhait\\p{L}*|j['’]aimerais|plusieurs|nouve(?:au|lle)s?|raccourci"), // prettier-ignore
  words("añadir|agregar|soporte|sería|permitir|poder|posibilidad|opción|me gustaría|adicionar|suporte|seria|possibilidade|opção|gostaria|incluir|novo|nova|nuev[oa]s?|varios|vários"), // prettier-ignore
  words("aggiungere|supporto|sarebbe|poter|permettere|toevoegen|ondersteun\\p{L}*|graag|zou|dodaj\\p{L}*|dodanie|możliwość|obsługa|lägg till|stöd|tilføj|støtte|ekle\\p{L}*|desteği"), // prettier-ignore
  "добавить|поддержк|хотелось|возможность|было бы|нужно бы|предлагаю|додати",
  "希望|支持|增加|添加|新增|能否|可否|是否可以|可以(?:加|增)|建议|建議|请求|需求|自定义|想要|最好能",
  "追加|対応|してほしい|欲しい|ほしい|したい|できるように|要望|希望|できると|あると便利",
  "추가|지원|요청|해 ?주세요|했으면|원합니다|기능|제안|좋겠",
);
const RESHAPE = anyOf(
  words("refa[ck]tor\\p{L}*|aufräum\\p{L}*|umbau\\p{L}*|umbenenn\\p{L}*|vereinfach\\p{L}*|umstell\\p{L}*|zusammenführ\\p{L}*|zusammenfass\\p{L}*|auslager\\p{L}*|aufteil\\p{L}*|aufspalt\\p{L}*|doppelte[rn]? code|code-?duplikat\\p{L}*|tote[rn]? code|ersetzen|entfernen|vereinheitlich\\p{L}*"), // prettier-ignore
  words("refactoris\\p{L}*|remani\\p{L}*|simplifi\\p{L}*|extraire|renommer|supprimer|factoris\\p{L}*|remplacer|déplacer|scinder|découper|nettoy\\p{L}*|code (?:mort|dupliqué)|unifier"), // prettier-ignore
  words("refa[ck]?toriz\\p{L}*|refator\\p{L}*|simplific\\p{L}*|extraer|extrair|renombrar|renomear|eliminar|remover|reemplazar|substituir|separar|dividir|mover|limpiar|limpeza|unificar|código (?:muerto|morto|duplicado)"), // prettier-ignore
  words("semplific\\p{L}*|estrarre|rinomin\\p{L}*|rimuovere|sostituire|opruimen|opschonen|hernoem\\p{L}*|vervang\\p{L}*|uproś\\p{L}*|usunąć|wydziel\\p{L}*|flytt?\\p{L}*|byt(?:a|ta) ut|omdøb|erstat"), // prettier-ignore
  words(
    "dependenc[ií]as|abhängigkeiten|dépendances|dipendenze|zależności|pruebas (?:unitarias|de integración)|testes (?:unitários|de integração)|tests (?:unitaires|unitarios|d[’']intégration)|unit-?tests?",
  ),
  "依赖|单元测试|単体テスト|ユニットテスト|依存(?:関係|パッケージ|ライブラリ)|의존성|단위 테스트|зависимост|тест(?:ы|ами|ов)",
  "рефактор|переписать|вынести|переименовать|упростить|удалить|заменить|разделить|объединить|перенести",
  "重构|重構|重写|重寫|改写|优化代码|代码优化|拆分|合并|提取|抽取|抽象|迁移|替换|重命名|解耦|删除未使用|清理|整理代码|统一",
  "リファクタ|置き換え|移行|整理|共通化|分割|切り出|書き換え|統一|削除する|を削除|一本化|リネーム|移動する|廃止",
  "리팩토링|리팩터링|전환|정리|분리|통합|제거|이름 변경|교체|추출",
);
const DOCUMENT = anyOf(
  words("\\p{L}*dokumentation|doku|dokumentier\\p{L}*|anleitung(?:en)?|handbuch|(?:rechtschreib|tipp|schreib)fehler|erklär\\p{L}*|beschreib\\p{L}*|beschrieben|beispiele?|hilfetext\\p{L}*|kommentare"), // prettier-ignore
  words("documenter|documenté\\p{L}*|expliqu\\p{L}*|décrire|tutoriel|guide|manuel|faute de frappe|coquilles?|orthographe|exemples?|traduction|notice"), // prettier-ignore
  words("documenta\\p{L}*|explicar|explica|describir|descrever|tutoriales?|tutorial|guía|guia|manual|errata|ortograf\\p{L}*|ejemplos?|exemplos?|instrucciones|instruções|readme"), // prettier-ignore
  words("documentazione|spiegare|esempio|documentatie|uitleg\\p{L}*|handleiding|voorbeeld|dokumentac\\p{L}*|literówk\\p{L}*|opis(?:ać)?|dokumentasjon|vejledning|stavfel"), // prettier-ignore
  "документац|опечатк|инструкци|описать|руководств|пример|справк|документув",
  "文档|文檔|说明|說明|教程|示例|注释|拼写|错别字|手册|指南|README",
  "ドキュメント|文書|手順|説明|誤字|誤植|サンプル|使い方|マニュアル|README|コメントの",
  "문서|설명|오타|예제|가이드|매뉴얼|사용법|주석",
);
const UNCHANGED = anyOf(
  words("verhalten (?:\\p{L}+ )?(?:gleich|unverändert)|(?:kein|sans|pas de) (?:changement|verhaltensänderung\\p{L}*)|comportement (?:inchangé|identique)|sin cambios?|mismo comportamiento|sem (?:mudança|alteração)\\p{L}*"), // prettier-ignore
  "行为不变|接口保持|保持不变|不改变|動作は変わ|挙動は変わ|振る舞いは変え|동작은 그대로|поведение не меня",
);

/** Small words that English does not have. */
const OWN_WORDS =
  /(?<![\p{L}])(?:der|das|dem|eine[rnms]?|ist|wird|werden|und|für|mit|nicht|kein|keine[nrms]?|im|zum|zur|beim|auf|aus|wenn|nach|bitte|les|une|du|est|dans|pour|avec|aux|ce|qui|ne|pas|après|il y a|las|por|para|una|está|cuando|não|uma|quando|com|gli|che|het|een|voor|niet|och|att|inte|og|til|ikke|się|jest|nie|bir|için)(?![\p{L}])/giu;
/** Small words that English has as well, or that are parts of names. */
const SHARED_WORDS =
  /(?<![\p{L}])(?:die|den|des|ein|von|le|la|un|et|de|sur|el|los|con|del|en|al|os|um|em|do|da|il|lo|di|van|op|på|af|w|z|ve)(?![\p{L}])/giu;
/** One such word alone also stands in English names ("Rue de …", "El Paso"). */
const SHARED_WORDS_MIN = 2;
const OTHER_SCRIPT =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Greek}\p{Script=Thai}\p{Script=Devanagari}]/u;
const ACCENTED = /[äöüßéèêàâçñãõáíóúôîûœøåæąęłśżźćčšžőűğışț]/iu;

/** What a ticket says, without code and forms. */
type Said = { readonly title: string; readonly prose: string };

export type Foreign = "fault" | "negation" | "event" | "wish" | "reshape" | "document" | "unchanged";
const SAYS: Readonly<Record<Foreign, RegExp>> = {
  fault: FAULT,
  negation: NEGATION,
  event: EVENT,
  wish: WISH,
  reshape: RESHAPE,
  document: DOCUMENT,
  unchanged: UNCHANGED,
};

/** @example isForeign("Absturz beim Start") // → true */
export function isForeign(text: string): boolean {
  if (OTHER_SCRIPT.test(text) || text.search(OWN_WORDS) !== -1) return true;
  const shared = new Set((text.match(SHARED_WORDS) ?? []).map((word) => word.toLowerCase()));
  const accented = text.split(/\s+/).filter((word) => ACCENTED.test(word)).length;
  return shared.size + accented >= SHARED_WORDS_MIN;
}

/** Whether a foreign text says that thing. An English one never does, whatever its words look like. */
export function saysForeign(what: Foreign, { title, prose }: Said, where: "title" | "prose"): boolean {
  return SAYS[what].test(where === "title" ? title : prose) && inForeign({ title, prose });
}

/** A short title has few small words; the text below it is mostly in the same language. */
const CHARACTERS_READ = 400;
export function inForeign({ title, prose }: Said): boolean {
  return isForeign(`${title}\n${prose.slice(0, CHARACTERS_READ)}`);
}
