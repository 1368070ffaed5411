import {accessSync, constants, existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {type CliCommand, exitStatus} from '../command.js';
import {userFolder} from '../folders.js';
import {hasScreen, type Host, wantsColour} from '../host.js';
import {smallestScreen} from '../../ui/layout/layout.js';
import {version} from '../version.js';

interface Remark {
	readonly name: string;
	readonly value: string;
	/** What to do about it; absent when all is well. */
	readonly advice?: string;
}

const command: CliCommand = {
	name: 'doctor',
	summary: 'What this terminal and machine support',
	usage: 'doctor [--json]',
	options: {json: {type: 'boolean', help: 'one JSON object, nothing else'}},
	words: {min: 0, max: 0},
	async run(_words, options, host) {
		const remarks = examine(host);
		await host.out(
			options['json']
				? `${JSON.stringify(Object.fromEntries(remarks.map(({name, ...rest}) => [name, rest])), undefined, 2)}\n`
				: plain(remarks),
		);
		return exitStatus.done;
	},
};
export default command;

function examine(host: Host): Remark[] {
	const language = host.env['LC_ALL'] || host.env['LC_CTYPE'] || host.env['LANG'] || '';
	const editor = host.env['KUBE_EDITOR'] || host.env['VISUAL'] || host.env['EDITOR'] || '';
	const folder = userFolder(host.env);
	const {columns, rows} = host;
	return [
		{name: 'kubelab', value: version()},
		{
			name: 'node',
			value: process.versions.node,
			...(Number(process.versions.node.split('.')[0]) < 20 && {advice: 'install Node 20.19 or newer'}),
		},
		{
			name: 'terminal',
			value: hasScreen(host) ? (host.env['TERM'] ?? 'unknown') : 'none',
			...(!hasScreen(host) && {advice: 'run kubelab in a terminal to get the full screen; plain output works here'}),
		},
		{
			name: 'size',
			value: `${columns}x${rows}`,
			...((columns < smallestScreen.columns || rows < smallestScreen.rows) && {
				advice: `make the window at least ${smallestScreen.columns}x${smallestScreen.rows}`,
			}),
		},
		{name: 'colour', value: wantsColour(host) ? 'yes' : 'no'},
		{
			name: 'unicode',
			value: /utf-?8/i.test(language) || process.platform === 'win32' ? 'yes' : 'not announced',
			...(!/utf-?8/i.test(language) &&
				process.platform !== 'win32' && {advice: 'set LANG to a UTF-8 locale, e.g. C.UTF-8, if lines look broken'}),
		},
		{name: 'tmux', value: host.env['TMUX'] ? 'yes' : 'no'},
		{name: 'editor', value: editor || 'built-in vi'},
		{
			name: 'progress',
			value: folder,
			...(!isWritable(folder) && {advice: 'this folder cannot be written to; progress is not kept. Set KUBELAB_HOME to one that can'}),
		},
	];
}

function isWritable(folder: string): boolean {
	let existing = folder;
	while (!existsSync(existing) && existing !== path.dirname(existing)) existing = path.dirname(existing);
	try {
		accessSync(existing, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}

const plain = (remarks: readonly Remark[]) =>
	remarks.map(({name, value, advice}) => `${name.padEnd(9)} ${value}${advice ? `\n          ${advice}.` : ''}\n`).join('');
