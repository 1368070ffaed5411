import type {Language} from '../../lab/lab.js';
import {PanelTable} from '../panel-table.js';
import panels from '../panels/index.js';
import type {Tables} from '../run-tables.js';
import {say} from '../words.js';
import {Pane} from './lines.js';

export interface TablePaneProps {
	readonly tables: Tables;
	readonly panel: number;
	readonly host: string;
	readonly changed: ReadonlySet<string>;
	readonly language: Language;
	readonly columns: number;
	readonly rows: number;
	readonly scroll: number;
}

/** One panel in the room it has. */
export function TablePane({tables, panel, host, changed, language, columns, rows, scroll}: TablePaneProps) {
	return (
		<Pane columns={columns} rows={rows}>
			<PanelTable
				columns={panels[panel]!.columns}
				read={() => tables(panel, host)}
				changed={changed}
				width={columns}
				height={rows}
				offset={scroll}
				empty={say(language, 'nothingHere')}
			/>
		</Pane>
	);
}
