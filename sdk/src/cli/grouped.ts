/** A number with a comma for each thousand. */
export const grouped = (value: number): string => value.toLocaleString('en-US');
