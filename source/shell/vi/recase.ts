/** `gu`, `gU` and `~`. */
export const recased = (text: string, how: string): string =>
	how === 'u' ? text.toLowerCase() : how === 'U' ? text.toUpperCase() : [...text].map(turned).join('');

const turned = (character: string): string => {
	const lower = character.toLowerCase();
	return character === lower ? character.toUpperCase() : lower;
};
