/** More remarks than this are not read with care, and a reviewer that may list everything does not choose. */
export const FINDINGS_MAX = 12;
