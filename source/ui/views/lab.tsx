import {Box} from './box.js';
import {hostOf} from '../layout/pane-context.js';
import panes from '../panes/index.js';
import {type LabSight, labLayout} from '../layout/lab-layout.js';
import {clockText, type RunView} from '../run/view.js';
import {useLabSight} from './sight.js';
import {shellSight} from './shell-lines.js';
import {type TourStep, tour} from '../app/tour.js';
import {widthOf} from '../text/width.js';
import {say} from '../words/words.js';
import type {Language} from '../../lab/lab.js';
import {Bar} from './bar.js';
import {Editor} from './editor.js';
import {HelpLine} from './help-line.js';
import {Panes} from './panes.js';
import {Shell} from './shell.js';
import {Tabs} from './tabs.js';

/** Task, tables and goals above, the shell below; or the editor that a command opened. */
export const Lab = () => lab;

function LabBar() {
	const sight = useLabSight();
	const title = sight.run.lab.title[sight.state.settings.language];
	return <Bar columns={sight.columns} left={` kubelab  ${title}`} right={`${progressOf(sight)} `} />;
}

function Desk() {
	const sight = useLabSight();
	const {state, run, columns} = sight;
	const {language, reading} = state.settings;
	const layout = labLayout(sight);
	if (run.editor)
		return (
			<Box columnGap={layout.editor.x > 0 ? 1 : 0}>
				<Panes />
				<Editor editor={run.editor} {...layout.editor} />
			</Box>
		);
	return (
		<>
			{layout.pane > 0 && <Tabs language={language} view={state.view} focused={state.inPane} host={hostOf(sight)} columns={columns} />}
			<Panes />
			<Shell {...shellSight(sight, layout)} title={shellTitle(sight)} plain={reading === 'linear'} />
		</>
	);
}

function Keys() {
	const sight = useLabSight();
	const {state, run, columns} = sight;
	const {language} = state.settings;
	const step = state.tour === undefined ? undefined : tour[state.tour];
	// Until the next thing is typed, or the keyboard is elsewhere.
	const slip = run.slip && !state.inPane && !run.editor && run.input.text === '' && say(language, run.slip.word, run.slip.values);
	// The keys of the editor, and those that take commands out of the task, are worth more then.
	const busyElsewhere = run.editor !== undefined || (state.inPane && state.view === 0);
	const note = state.note
		? say(language, state.note.word, state.note.values)
		: state.copy
			? ''
			: slip || (run.marks.passed ? say(language, 'openResult') : step && !busyElsewhere ? tourNote(step, language, columns) : '');
	const screen = run.editor ? 'editor' : state.copy ? 'copy' : state.inPane ? 'pane' : 'lab';
	const pane = state.inPane ? panes[state.view] : undefined;
	const beside = labLayout(sight).editor.x > 0;
	return <HelpLine screen={screen} language={language} columns={columns} note={note} pane={pane} ask={state.ask} beside={beside} />;
}

const lab = (
	<Box flexDirection="column">
		<LabBar />
		<Desk />
		<Keys />
	</Box>
);

function tourNote({word, short}: TourStep, language: Language, columns: number): string {
	const whole = say(language, word);
	return widthOf(whole) + 2 <= columns ? whole : say(language, short);
}

/** `2x 0:12:30  40 %` */
function progressOf({state, run}: LabSight): string {
	const {language, speed} = state.settings;
	const pace = state.paused ? `${say(language, 'paused')} ` : speed === 1 ? '' : `${speed}x `;
	return `${pace}${timeText(run, language)}  ${Math.round((100 * run.marks.score) / run.marks.max)} %`;
}

/** Since the lab began, or until it ends. */
function timeText({sitting, uptimeSeconds}: RunView, language: Language): string {
	if (sitting?.over) return say(language, 'over');
	return sitting?.leftSeconds === undefined ? clockText(uptimeSeconds) : say(language, 'left', {t: clockText(sitting.leftSeconds)});
}

/**
 * `Shell [k8s-master] k8s-node1* k8s-node2 (alt-h) · running`: a star where something runs behind the one that is looked at. What is
 * done comes before the names of the others, where there is no room for both.
 */
function shellTitle({state, run, columns}: LabSight): string {
	const {language} = state.settings;
	const {hosts, at, busy} = run.shells;
	const names = hosts.map((host, index) => (index === at ? `[${host}]` : busy[index] ? `${host}*` : host));
	const doing =
		state.shellScroll > 0
			? say(language, 'scrolled', {n: state.shellScroll})
			: run.busy
				? say(language, run.paging ? 'paging' : 'running')
				: '';
	const titles = [`${names.join(' ')} (alt-h)`, names.join(' '), names[at]].map(
		shells => `${say(language, 'shell')} ${shells}${doing && ` · ${doing}`}`,
	);
	return titles.find(title => widthOf(title) <= columns - 6) ?? titles.at(-1)!;
}
