import {familiar} from '../../../../node/engine/images.js';
import {configOf} from '../../../../node/registry/content.js';
import {hasLabel, parseFilters} from '../container/filter.js';
import {type Column, listRows} from '../format.js';
import {goDate, humanDuration, humanSize, shortId} from '../text.js';
import type {Call, Verb} from '../verb.js';
import type {LocalImage} from '../../../../node/engine/docker.js';

interface Row {
	readonly image: LocalImage;
	readonly call: Call;
}

/** `nginx` and `latest`. */
export function splitName(name: string): readonly [repository: string, tag: string] {
	if (name === '') return ['<none>', '<none>'];
	const shown = familiar(name);
	if (shown.includes('@')) return [shown.slice(0, shown.indexOf('@')), '<none>'];
	const colon = shown.lastIndexOf(':');
	return [shown.slice(0, colon), shown.slice(colon + 1)];
}

const columns: readonly Column<Row>[] = [
	{title: 'REPOSITORY', field: 'Repository', cell: ({image}) => splitName(image.name)[0]},
	{title: 'TAG', field: 'Tag', cell: ({image}) => splitName(image.name)[1]},
	{title: 'DIGEST', field: 'Digest', cell: ({image}) => image.digest ?? '<none>'},
	{title: 'IMAGE ID', field: 'ID', cell: ({image, call}) => (call.values.bool('no-trunc') ? image.id : shortId(image.id))},
	{title: 'CREATED', field: 'CreatedSince', cell: ({image, call}) => `${humanDuration(call.nowMs - image.createdMs)} ago`},
	{title: 'SIZE', field: 'Size', cell: ({image}) => humanSize(image.sizeBytes)},
	{title: 'CREATED AT', field: 'CreatedAt', cell: ({image}) => goDate(image.createdMs)},
	{title: 'CONTAINERS', field: 'Containers', cell: () => 'N/A'},
	{title: 'VIRTUAL SIZE', field: 'VirtualSize', cell: ({image}) => humanSize(image.sizeBytes)},
];

const pattern = (text: string) =>
	new RegExp(
		`^${text
			.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
			.replaceAll('*', '[^/]*')
			.replaceAll('?', '[^/]')}$`,
	);

/** `nginx`, `nginx:1.27`, `reg.lilee.org/*\/*`. */
function matchesReference(image: LocalImage, text: string): boolean {
	const [repository, tag] = splitName(image.name);
	const wanted = pattern(text);
	return wanted.test(repository) || wanted.test(`${repository}:${tag}`) || pattern(familiar(`${text}`)).test(repository);
}

export const images: Verb = {
	name: 'images',
	aliases: ['image ls', 'image list'],
	summary: 'List images',
	usage: '[OPTIONS] [REPOSITORY[:TAG]]',
	options: [
		['all', 'bool', 'a'],
		['digests', 'bool'],
		['filter', 'list', 'f'],
		['format', 'string'],
		['no-trunc', 'bool'],
		['quiet', 'bool', 'q'],
		['tree', '!bool'],
	],
	arguments: [0, 1],
	*run(call) {
		const {engine, values, args, out} = call;
		const filters = parseFilters(values.list('filter'), ['dangling', 'label', 'before', 'since', 'reference']);
		const tests: Readonly<Record<string, (image: LocalImage, value: string) => boolean>> = {
			dangling: (image, value) => (image.name === '') === (value === 'true' || value === '1'),
			label: (image, value) => hasLabel(configOf(image.resolved).labels, value),
			before: (image, value) => image.createdMs < engine.images.get(value).createdMs,
			since: (image, value) => image.createdMs > engine.images.get(value).createdMs,
			reference: matchesReference,
		};
		const rows = engine.images
			.list()
			.filter(image => args[0] === undefined || matchesReference(image, args[0]))
			.filter(image => [...filters].every(([key, list]) => list.some(value => tests[key]!(image, value))))
			.map(image => ({image, call}));
		if (values.bool('quiet')) {
			for (const {image} of rows) out(`${values.bool('no-trunc') ? image.id : shortId(image.id)}\n`);
			return 0;
		}

		const shown = ['Repository', 'Tag', ...(values.bool('digests') ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size'];
		out(listRows(rows, columns, shown, values.string('format')));
		return 0;
	},
};
