import {stringify} from 'yaml';
import {pack} from '../../os/archive.js';
import type {CatalogueChart} from './chart.js';
import {ingressNginxChart} from './ingress-nginx.js';
import {metallbChart} from './metallb.js';
import {metricsServerChart} from './metrics-server.js';

/** Chart repositories at their usual addresses: the folder of the index, and where the archive lies. */
const shelves: ReadonlyArray<readonly [repository: string, archive: string, chart: CatalogueChart]> = [
	[
		'kubernetes.github.io/ingress-nginx',
		'github.com/kubernetes/ingress-nginx/releases/download/helm-chart-4.11.2/ingress-nginx-4.11.2.tgz',
		ingressNginxChart,
	],
	['metallb.github.io/metallb', 'github.com/metallb/metallb/releases/download/metallb-chart-0.14.8/metallb-0.14.8.tgz', metallbChart],
	[
		'kubernetes-sigs.github.io/metrics-server',
		'github.com/kubernetes-sigs/metrics-server/releases/download/metrics-server-helm-chart-3.12.2/metrics-server-3.12.2.tgz',
		metricsServerChart,
	],
];

const packedMs = Date.UTC(2024, 8, 1);
const packed = '2024-09-01T00:00:00Z';
const yaml = (value: unknown) => stringify(value, {indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false});

const indexOf = (archive: string, {metadata}: CatalogueChart): string =>
	yaml({apiVersion: 'v1', entries: {[metadata.name]: [{...metadata, created: packed, urls: [`https://${archive}`]}]}, generated: packed});

const archiveOf = (chart: CatalogueChart): Uint8Array => {
	const files = [{name: 'Chart.yaml', text: yaml(chart.metadata)}, {name: 'values.yaml', text: yaml(chart.values)}, ...chart.files()];
	return pack(
		files.map(({name, text}) => ({name: `${chart.metadata.name}/${name}`, text})),
		packedMs,
	);
};

/** For the simulated internet, by URL without scheme. */
export const chartDocuments: ReadonlyArray<readonly [string, () => string | Uint8Array]> = shelves.flatMap(
	([repository, archive, chart]) => [
		[`${repository}/index.yaml`, () => indexOf(archive, chart)] as const,
		[archive, () => archiveOf(chart)] as const,
	],
);
