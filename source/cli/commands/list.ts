import {type CliCommand, exitStatus} from '../command.js';
import {readChapters} from '../lab-cards.js';
import {readProgress} from '../progress.js';

const command: CliCommand = {
	name: 'list',
	summary: 'Labs with level, minutes and progress',
	usage: 'list [--json] [--lang en|zh]',
	options: {
		json: {type: 'boolean', help: 'one JSON array, nothing else'},
		lang: {type: 'string', value: 'en|zh', help: 'language of titles'},
	},
	words: {min: 0, max: 0},
	async run(_words, options, host) {
		const {languageFrom} = await import('../language.js');
		const progress = readProgress(host);
		const language = languageFrom(options['lang'], host, progress);
		const labs = (await readChapters()).flatMap(chapter => chapter.labs);
		const rows = labs.map(({id, title, level, minutes}) => {
			const {best = 0, max = 100} = progress.labs[id] ?? {};
			return {id, title: title[language], level, minutes, best, max};
		});
		await host.out(options['json'] ? `${JSON.stringify(rows, undefined, 2)}\n` : table(rows));
		return exitStatus.done;
	},
};
export default command;

function table(rows: ReadonlyArray<{id: string; title: string; level: string; minutes: number; best: number; max: number}>): string {
	const cells = rows.map(row => [
		row.id,
		row.level,
		`${row.minutes} min`,
		row.best > 0 ? `${Math.round((100 * row.best) / row.max)} %` : '-',
		row.title,
	]);
	const all = [['LAB', 'LEVEL', 'TIME', 'DONE', 'TITLE'], ...cells];
	const widths = all[0]!.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
	return (
		all.map(row => row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]! + 2))).join('')).join('\n') +
		'\n'
	);
}
