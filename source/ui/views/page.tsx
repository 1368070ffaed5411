import {Box} from './box.js';
import {type PagePorts, shownPageRows} from '../pages/page-rows.js';
import {useSight} from './sight.js';
import {Bar} from './bar.js';
import {HelpLine} from './help-line.js';
import {Rows} from './rows.js';

/** Everything but a lab: a bar, a page, the keys. */
export function Page({ports}: {readonly ports: PagePorts}) {
	const {state, run, size} = useSight().snapshot;
	const {columns, rows} = size;
	return (
		<Box flexDirection="column">
			<Bar columns={columns} left=" kubelab" right=" " />
			<Rows lines={shownPageRows({state, run, ports, columns, rows})} columns={columns} rows={rows - 2} />
			<HelpLine screen={state.screen} language={state.settings.language} columns={columns} note="" ask={state.ask} />
		</Box>
	);
}
