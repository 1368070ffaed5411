import {Box} from 'ink';
import {type PageSight, shownPageRows} from '../pages/page-rows.js';
import {Bar} from './bar.js';
import {HelpLine} from './help-line.js';
import {Rows} from './rows.js';

/** Everything but a lab: a bar, a page, the keys. */
export function Page(sight: PageSight) {
	const {state, columns, rows} = sight;
	return (
		<Box flexDirection="column">
			<Bar columns={columns} left=" kubelab" right=" " />
			<Rows lines={shownPageRows(sight)} columns={columns} rows={rows - 2} />
			<HelpLine screen={state.screen} language={state.settings.language} columns={columns} note="" ask={state.ask} />
		</Box>
	);
}
