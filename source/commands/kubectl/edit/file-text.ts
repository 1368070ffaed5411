import type {KubeObject} from '../../../api/object.js';
import {toJson} from '../output/json-print.js';
import {withoutManagedFields} from '../output/printer.js';
import {toYaml} from '../output/yaml-print.js';
import type {Target} from '../resource/target.js';

/** Why the last round did not end: shown as a comment in the next one. */
export interface Reason {
	readonly head: string;
	readonly other: readonly string[];
}

const headers = {
	object: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
	annotation: `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
};

interface Dressing {
	readonly subject: keyof typeof headers;
	readonly reasons: readonly Reason[];
	/** What was written in the round before, instead of the objects. */
	readonly body: string | undefined;
}

/** The file that the editor opens: comments (YAML only) and one object, or a List of several. */
export function fileText(targets: readonly Target[], format: 'json' | 'yaml', dressing?: Dressing): string {
	const body = dressing?.body ?? shown(targets, format);
	if (!dressing || format === 'json') return body;
	return `${headers[dressing.subject]}${dressing.reasons.map(commentOn).join('')}${body}`;
}

function shown(targets: readonly Target[], format: 'json' | 'yaml'): string {
	const objects = targets.map(target => target.object!);
	const whole: unknown = objects.length === 1 ? objects[0] : {apiVersion: 'v1', items: objects, kind: 'List', metadata: {}};
	const clean = withoutManagedFields(whole as KubeObject);
	return format === 'json' ? `${toJson(clean)}\n` : toYaml(clean);
}

const commentOn = ({head, other}: Reason): string =>
	[`# ${hashed(head)}${other.length > 0 ? ':' : ''}`, ...other.map(one => `# * ${hashed(one)}`), '#', ''].join('\n');

const hashed = (text: string): string => text.replaceAll('\n', '\n# ');

export const withoutComments = (text: string): string =>
	text
		.split('\n')
		.filter(line => !line.trimStart().startsWith('#'))
		.join('\n');
