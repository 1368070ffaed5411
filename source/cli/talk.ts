import process from 'node:process';
import {createInterface} from 'node:readline';
import type {Cluster} from '../cluster/cluster.js';
import {createPlayer} from '../lab/player.js';
import {exitStatus} from './command.js';
import type {Host} from './host.js';

/** The simulated shell in a plain terminal: node's own line editing, no panes. ctrl-c stops the command, ctrl-d leaves. */
export async function talk(cluster: Cluster, {settle}: {readonly settle: boolean}, host: Host): Promise<number> {
	const lines = createInterface({input: process.stdin, output: process.stdout, terminal: true, historySize: 1000});
	let asking: ((line: string | undefined) => void) | undefined;
	const answer = (line: string | undefined) => {
		const give = asking;
		asking = undefined;
		give?.(line);
	};
	const readLine = (prompt: string) =>
		new Promise<string | undefined>(resolve => {
			asking = resolve;
			lines.setPrompt(prompt);
			lines.prompt();
		});
	const player = createPlayer(cluster, {
		breathe: () => new Promise(setImmediate),
		terminal: {columns: host.columns, rows: host.rows, sink: text => void process.stdout.write(text), readLine: () => readLine('')},
	});
	lines.on('line', answer);
	lines.on('close', () => answer(undefined));
	lines.on('SIGINT', () => {
		if (player.session.running) player.session.interrupt();
		else {
			process.stdout.write('^C\n');
			answer('');
		}
	});
	try {
		while (!player.session.closed) {
			let text = await readLine(player.session.prompt());
			if (text === undefined) break;
			while (text && (await player.session.needsMore(text))) {
				const more = await readLine(player.session.prompt('PS2'));
				if (more === undefined) break;
				text = `${text}\n${more}`;
			}
			if (!text?.trim()) continue;
			await player.session.run(text);
			if (settle) await player.settle();
		}
	} finally {
		lines.close();
	}
	await host.out('\n');
	return exitStatus.done;
}
