import {goText} from '../../api/field-error.js';
import {validateLabels} from '../../api/object-meta.js';
import {equal} from '../../api/values/plain.js';
import {goSyntax} from '../go-types/print.js';
import {goValueOf} from '../go-types/value.js';
import {validateTolerations} from '../pod/validate-affinity.js';
import {validateResources} from '../pod/validate-resources.js';
import type {Kind} from '../../api/kind.js';
import {ageColumn, column, nameColumn} from '../cells.js';
import {duplicate, type Errors, invalid} from '../errors.js';
import {label1123} from '../rules.js';

export default {
	kind: 'RuntimeClass',
	group: 'node.k8s.io',
	version: 'v1',
	plural: 'runtimeclasses',
	singular: 'runtimeclass',
	shortNames: [],
	namespaced: false,
	schema: 'node.v1.RuntimeClass',
	conditionalUpdate: true,
	validate: ({handler = '', overhead, scheduling}, old) => [
		...label1123('handler', handler),
		...(overhead ? validateResources('overhead', {limits: overhead.podFixed}) : []),
		...(scheduling ? validateScheduling(scheduling) : []),
		...(old && old.handler !== handler ? [invalid('handler', handler, 'field is immutable')] : []),
	],
	columns: [nameColumn, column('Handler', ({handler}) => handler ?? ''), ageColumn],
} satisfies Kind;

/** The path of its tolerations names them twice, as ValidateTolerations is handed it. */
function validateScheduling({nodeSelector, tolerations = []}: any): Errors {
	const again = (tolerations as any[]).filter((toleration, index) =>
		tolerations.slice(0, index).some((other: any) => equal(other, toleration)),
	);
	return [
		...validateLabels(nodeSelector, 'scheduling.nodeSelector'),
		...validateTolerations('scheduling.tolerations.tolerations', tolerations),
		...again.map(toleration =>
			duplicate(`scheduling.tolerations[${tolerations.indexOf(toleration)}]`, goText(goSyntax(goValueOf('core.Toleration', toleration)))),
		),
	];
}
