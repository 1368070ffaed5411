import {parseRfc3339} from '../../../api/values/time.js';
import {toYaml} from '../../kubectl/output/yaml-print.js';
import {coalesce} from '../chart/values.js';
import {chartOfRelease, type Release} from '../release/release.js';
import {ansic, goDate} from '../sprig/dates.js';
import {plainOf} from '../sprig/plain.js';

export const when = (text: string): string => goDate(ansic, parseRfc3339(text) ?? 0);

/** How install, upgrade and status show a release. */
export function statusText(release: Release, {debug = false, hideNotes = false} = {}): string {
	const {info, hooks} = release;
	let text = `NAME: ${release.name}\nLAST DEPLOYED: ${when(info.last_deployed)}\nNAMESPACE: ${release.namespace}\nSTATUS: ${info.status}\nREVISION: ${release.version}\n`;
	const tests = hooks.filter(hook => hook.events.includes('test'));
	if (tests.length === 0) text += 'TEST SUITE: None\n';
	for (const {name, last_run: run} of tests) {
		if (run.started_at)
			text += `TEST SUITE:     ${name}\nLast Started:   ${when(run.started_at)}\nLast Completed: ${when(run.completed_at)}\nPhase:          ${run.phase}\n`;
	}

	if (debug) {
		text += `USER-SUPPLIED VALUES:\n${toYaml(plainOf(release.config))}\n`;
		text += `COMPUTED VALUES:\n${toYaml(plainOf(coalesce(chartOfRelease(release.chart), release.config)))}\n`;
	}

	if (debug || info.description === 'Dry run complete') {
		text += `HOOKS:\n${hooks.map(hook => `---\n# Source: ${hook.path}\n${hook.manifest}\n`).join('')}MANIFEST:\n${release.manifest}\n`;
	}

	return info.notes && !hideNotes ? `${text}NOTES:\n${info.notes.trim()}\n` : text;
}
