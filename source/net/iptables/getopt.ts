/** Letters of iptables that take the next word. */
const withArgument = 'ACDEINPRtpsdjimcgo';
/** Those that take what is glued to them only. */
const withOptional = 'LSFZXwW';

/** `-nvL`, `-tnat`, `--table=nat`: one option a word. */
export function unpack(given: readonly string[]): string[] {
	const words: string[] = [];
	for (const [i, word] of given.entries()) {
		// What follows a long option is most likely its value, whatever it looks like.
		if (i > 0 && given[i - 1]!.startsWith('--')) {
			words.push(word);
			continue;
		}

		const long = /^(--[a-z0-9-]+)=(.*)$/s.exec(word);
		if (long) words.push(long[1]!, long[2]!);
		else if (/^-[A-Za-z46]{2}/.test(word)) words.push(...unpackLetters(word.slice(1)));
		else words.push(word);
	}
	return words;
}

function unpackLetters(letters: string): string[] {
	const words: string[] = [];
	for (let i = 0; i < letters.length; i++) {
		const letter = letters[i]!;
		words.push(`-${letter}`);
		const rest = letters.slice(i + 1);
		const takes = withArgument.includes(letter) || withOptional.includes(letter);
		if (takes && rest !== '') return [...words, rest];
	}
	return words;
}
