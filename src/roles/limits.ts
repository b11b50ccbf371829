/** More remarks than this are not read with care, and a reviewer that may list everything does not choose. */
export const FINDINGS_MAX = 12;

/** A person answers a handful of questions in one go; more is an interview. */
export const QUESTIONS_MAX = 5;
