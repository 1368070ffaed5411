import type {Package} from '../../../os/packages.js';
import {metadata, type Verb} from './request.js';

const width = 80;

/** ` Name Matched: ipvs ` between equals signs, as Python centres a text. */
function heading(label: string): string {
	const text = ` ${label} `;
	const pad = Math.max(0, width - text.length);
	const left = Math.floor(pad / 2) + (pad & width & 1);
	return `${'='.repeat(left)}${text}${'='.repeat(pad - left)}\n`;
}

/** Best match first. Models dnf/cli/commands/search.py. */
export const search: Verb = function* (io, {packages, names, quiet}) {
	const words = names.map(name => name.toLowerCase());
	const all = (text: string) => words.every(word => text.toLowerCase().includes(word));
	const kindOf = ({name, summary}: Package): string | undefined => {
		if (words.length === 1 && name.toLowerCase() === words[0]) return 'Name Exactly Matched';
		if (all(name) && all(summary)) return 'Name & Summary Matched';
		return all(name) ? 'Name Matched' : all(summary) ? 'Summary Matched' : undefined;
	};
	if (!quiet) io.out(metadata(io));
	let found = 0;
	for (const kind of ['Name Exactly Matched', 'Name & Summary Matched', 'Name Matched', 'Summary Matched']) {
		const items = packages.available().filter(item => kindOf(item) === kind);
		if (items.length > 0) io.out(heading(`${kind}: ${names.join(', ')}`));
		for (const item of items) io.out(`${item.name}.${item.arch} : ${item.summary}\n`);
		found += items.length;
	}

	if (found === 0) io.out('No matches found.\n');
	return 0;
};
