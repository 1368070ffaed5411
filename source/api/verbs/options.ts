import {badRequest, invalid} from '../errors.js';
import type {FieldError} from '../field-error.js';
import type {ApiRequest} from '../server.js';

/** What a request asks for besides its object. Models apimachinery/pkg/apis/meta/v1/validation and meta/internalversion/validation. */
export function checkOptions(request: ApiRequest): void {
	const {verb, query} = request;
	const kind = kinds[verb];
	if (!kind) return;
	for (const name of numbers) if (query[name]) integer(query[name]);
	if (verb === 'watch') return;
	const errors = [...(verb === 'list' ? versionErrors(query) : writeErrors(request))];
	if (errors.length > 0) throw invalid({group: 'meta.k8s.io', kind}, undefined, errors);
}

const kinds: Partial<Record<ApiRequest['verb'], string>> = {
	list: 'ListOptions',
	watch: 'ListOptions',
	create: 'CreateOptions',
	update: 'UpdateOptions',
	patch: 'PatchOptions',
	delete: 'DeleteOptions',
	deletecollection: 'DeleteOptions',
};
const numbers = ['limit', 'timeoutSeconds', 'gracePeriodSeconds'] as const;

function integer(text: string): void {
	if (!/^[-+]?\d{1,19}$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function* versionErrors({resourceVersion = '', resourceVersionMatch: match = ''}: ApiRequest['query']): Generator<FieldError> {
	const field = 'resourceVersionMatch';
	if (!match) return;
	if (!resourceVersion) yield {type: 'Forbidden', field, detail: 'resourceVersionMatch is forbidden unless resourceVersion is provided'};
	if (match !== 'Exact' && match !== 'NotOlderThan')
		yield {type: 'NotSupported', field, value: match, supported: ['Exact', 'NotOlderThan', ''], detail: ''};
	if (match === 'Exact' && resourceVersion === '0')
		yield {type: 'Forbidden', field, detail: 'resourceVersionMatch "exact" is forbidden for resourceVersion "0"'};
}

const managerMaxBytes = 128;

function* writeErrors({verb, query, body, patchType}: ApiRequest): Generator<FieldError> {
	const isDelete = verb === 'delete' || verb === 'deletecollection';
	const given = isDelete ? body : undefined;
	const manager = query['fieldManager'] ?? '';
	if (verb === 'patch' && query['force'] && patchType !== 'apply')
		yield {type: 'Forbidden', field: 'force', detail: 'may not be specified for non-apply patch'};
	if (!isDelete && manager.length > managerMaxBytes)
		yield {type: 'TooLong', field: 'fieldManager', detail: `may not be more than ${managerMaxBytes} bytes`};
	const odd = isDelete ? -1 : [...manager].findIndex(char => !/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char));
	if (odd !== -1) {
		const code = [...manager][odd]!.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
		yield {type: 'Invalid', field: 'fieldManager', value: manager, detail: `invalid character U+${code} (at position ${odd})`};
	}

	yield* dryRunErrors(given?.dryRun ?? (query['dryRun'] ? [query['dryRun']] : []));
	if (isDelete) yield* propagationErrors({...query, ...given});
}

function* dryRunErrors(asked: unknown): Generator<FieldError> {
	if (Array.isArray(asked) && asked.some(each => each !== 'All'))
		yield {type: 'NotSupported', field: 'dryRun', value: asked, supported: ['All'], detail: ''};
}

function* propagationErrors({propagationPolicy: policy, orphanDependents: orphan}: any): Generator<FieldError> {
	const field = 'propagationPolicy';
	if (policy && orphan !== undefined)
		yield {type: 'Invalid', field, value: policy, detail: 'orphanDependents and deletionPropagation cannot be both set'};
	if (policy && !['Foreground', 'Background', 'Orphan'].includes(policy))
		yield {type: 'NotSupported', field, value: policy, supported: ['Foreground', 'Background', 'Orphan', 'nil'], detail: ''};
}
