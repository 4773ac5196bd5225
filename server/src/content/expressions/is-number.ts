const number = /^[-+]?\d{1,100}(\.\d{1,100})?([eE][-+]?\d{1,3})?$/;

/** True for a text that reads as a number, in expressions as in query strings. */
export const isNumber = (text: string): boolean => number.test(text);
