/** Names behind an `@` call people. Whoever may not be called is shown with something unseen behind the sign. */
type MayMention = (login: string) => boolean;

/** `@login`, `@org/team`, managed users with their `_`, also behind a sign; not the middle of an address, nor `a/@types/node`. */
const MENTION =
  /(?<![A-Za-z0-9_/])@([A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\/[A-Za-z0-9._-]+)?)|(?<=\/)@([A-Za-z0-9][A-Za-z0-9_-]{0,99})(?![A-Za-z0-9_/-])/g;

/** In Markdown, where an entity shows as nothing and keeps GitHub from seeing a login behind the sign. */
export function mentionless(source: string, mayMention: MayMention): string {
  const spelled = source.replace(SPELLED_SIGN, "@").replace(SPELLED_NAME, "@&#8203;");
  return withoutMentions(spelled, mayMention, "&#8203;");
}

export function withoutMentions(text: string, mayMention: MayMention, unseen: string): string {
  return text.replace(MENTION, (mention, login?: string, last?: string) =>
    mayMention(login ?? last ?? "") ? mention : `@${unseen}${login ?? last}`,
  );
}

/** A name that begins with an entity: whoever it calls, nobody here looked it up. */
const SPELLED_NAME = /@(?=&(?:#|[A-Za-z]))(?!&#8203;)/g;

/** The sign as an entity, right before a name: a page shows it, and GitHub calls whom it names. */
const SPELLED_SIGN = /&(?:#0{0,8}64|#[xX]0{0,8}40|commat);(?=[A-Za-z0-9&])/g;
