import type {Sim} from '../../sim/sim.js';
import type {LogLine} from '../runtime.js';

/** Lines of one log file; the oldest go, as with `containerLogMaxSize`. */
const linesMax = 5000;
const lineLengthMax = 16_384;

export interface ContainerLogs {
	write(id: string, text: string, stream: 'stdout' | 'stderr'): void;
	read(id: string): readonly LogLine[];
	drop(id: string): void;
}

/** What containers print, each in a table of its own: `log/<node>/<id>`. A line may come in pieces (`printf a; printf b`). */
export function createContainerLogs(sim: Sim, node: string): ContainerLogs {
	const name = (id: string) => `log/${node}/${id}`;
	const next = (id: string) => sim.state.cell<number>(`${name(id)}/next`, 0);

	return {
		write(id, text, stream) {
			if (text === '') return;
			const table = sim.state.table<LogLine & {open?: boolean}>(name(id));
			const number = next(id);
			let index = number.get();
			const last = table.get(String(index - 1));
			const pieces = text.split('\n');
			const ends = pieces.at(-1) === '';
			if (ends) pieces.pop();
			for (const [i, piece] of pieces.entries()) {
				const open = !ends && i === pieces.length - 1;
				if (i === 0 && last?.open && last.stream === stream) {
					table.set(String(index - 1), {...last, text: (last.text + piece).slice(0, lineLengthMax), open});
					continue;
				}

				table.set(String(index), {atMs: sim.clock.now(), stream, text: piece.slice(0, lineLengthMax), ...(open && {open})});
				if (table.size > linesMax) table.delete(String(index - linesMax));
				index++;
			}

			number.set(index);
		},
		read: id => [...sim.state.table<LogLine>(name(id)).values()],
		drop: id => sim.state.drop(name(id)),
	};
}
