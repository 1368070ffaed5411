import type {Image, ImageVariant} from '../../node/image/image.js';
import {busyboxTools, debianSlimTools, fullTools, mirrors, osRelease} from './tools.js';
import {tagsOf} from './tags.js';

type Plain = Omit<ImageVariant, 'sizeBytes'>;
const runs = (command: readonly string[], files: Plain['files'] = {}, env?: Plain['env']): Plain => ({
	entrypoint: [],
	command,
	files,
	...(env && {env}),
});
const library = (name: string) => ({repository: `docker.io/library/${name}`, aliases: mirrors(name)});

/** Patch releases of each minor one, and MiB. */
const busyboxReleases: Readonly<Record<string, readonly [patches: number, size: number]>> = {
	'1.37': [1, 2.05],
	'1.36': [2, 2.1],
	'1.35': [1, 2.1],
	'1.34': [2, 0.74],
	'1.33': [2, 0.74],
	'1.32': [2, 0.74],
	'1.31': [2, 0.73],
	'1.30': [2, 0.72],
	'1.29': [4, 0.71],
	'1.28': [5, 0.69],
	'1.27': [3, 0.68],
	'1.26': [3, 0.68],
	'1.25': [2, 0.67],
	'1.24': [3, 0.66],
};

const busyboxTags = Object.entries(busyboxReleases).flatMap(([minor, [patches, size]]) =>
	[minor, ...Array.from({length: patches}, (_, patch) => `${minor}.${patch}`)].flatMap(tag =>
		['', '-glibc', '-musl', '-uclibc'].map(kind => [`${tag}${kind}`, size] as const),
	),
);

/** Images that bring tools and a shell but no server of their own. */
export const busybox: Image = {
	...library('busybox'),
	aliases: [
		...mirrors('busybox'),
		'registry.k8s.io/busybox',
		'k8s.gcr.io/busybox',
		'gcr.io/google_containers/busybox',
		'gcr.io/google-containers/busybox',
		'registry.k8s.io/e2e-test-images/busybox',
		'quay.io/prometheus/busybox',
	],
	tags: tagsOf(
		{
			latest: 2.05,
			stable: 2.05,
			...Object.fromEntries(busyboxTags),
			musl: 0.8,
			glibc: 2.1,
			uclibc: 0.8,
			'1': 2.05,
			'1.36.1-1': 2.1,
			'1.29-2': 0.71,
		},
		() => runs(['sh']),
	),
	tools: busyboxTools,
};

export const busyboxplus: Image = {
	repository: 'docker.io/radial/busyboxplus',
	aliases: [...mirrors('busyboxplus'), 'docker.io/library/busyboxplus'],
	tags: tagsOf({latest: 4.2, curl: 4.2, base: 1.3, git: 9}, () => runs(['/bin/sh'])),
	tools: [...busyboxTools, '/usr/bin/curl'],
};

export const alpine: Image = {
	...library('alpine'),
	tags: tagsOf(
		{
			latest: 3.6,
			'3': 3.6,
			'3.21': 3.5,
			'3.20': 3.5,
			'3.19': 3.3,
			'3.18': 3.3,
			'3.17': 3.2,
			'3.16': 2.7,
			'3.15': 2.7,
			'3.14': 2.7,
			'3.12': 2.7,
			'3.10': 2.7,
			edge: 3.6,
		},
		tag =>
			runs(['/bin/sh'], {'/etc/alpine-release': '3.21.3\n', '/etc/os-release': osRelease.alpine(/^\d/.test(tag) ? `${tag}.0` : '3.21.3')}),
	),
	tools: [...busyboxTools, 'apk'],
};

export const curl: Image = {
	repository: 'docker.io/curlimages/curl',
	aliases: ['quay.io/curl/curl', ...mirrors('curl')],
	tags: tagsOf(
		{latest: 9.3, '8.13.0': 9.3, '8.12.1': 9.1, '8.11.1': 9.0, '8.10.1': 8.9, '8.5.0': 8.1, '8.4.0': 8.0, '7.85.0': 4.8, '7.78.0': 4.5},
		() => ({
			...runs(['curl'], {'/etc/os-release': osRelease.alpine('3.21.3')}),
			entrypoint: ['/entrypoint.sh'],
			wordsGoTo: 'curl',
			user: 'curl_user',
		}),
	),
	tools: [...busyboxTools, '/usr/bin/curl', '/entrypoint.sh'],
};

export const centos: Image = {
	...library('centos'),
	tags: tagsOf({latest: 79.6, '7': 72.6, '7.9.2009': 72.6, '8': 79.6}, () =>
		runs(['/bin/bash'], {'/etc/os-release': osRelease.centos, '/etc/redhat-release': 'CentOS Linux release 7.9.2009 (Core)\n'}),
	),
	tools: [...debianSlimTools, ...fullTools],
};

const ubuntuVersions: Readonly<Record<string, string>> = {
	noble: '24.04',
	jammy: '22.04',
	focal: '20.04',
	bionic: '18.04',
	xenial: '16.04',
	trusty: '14.04',
};

export const ubuntu: Image = {
	...library('ubuntu'),
	tags: tagsOf(
		{
			latest: 28.3,
			'24.04': 28.3,
			noble: 28.3,
			'22.04': 28.2,
			jammy: 28.2,
			'20.04': 26.2,
			focal: 26.2,
			'18.04': 25.7,
			bionic: 25.7,
			'16.04': 43.2,
			xenial: 43.2,
			'14.04': 66.6,
			trusty: 66.6,
		},
		tag => runs(['/bin/bash'], {'/etc/os-release': osRelease.ubuntu(/^\d/.test(tag) ? tag : (ubuntuVersions[tag] ?? '24.04'))}),
	),
	tools: [...debianSlimTools, 'ps', 'top', 'free', 'uptime', 'apt', 'apt-get'],
};

const bullseye = osRelease.debian.replaceAll('12', '11').replaceAll('bookworm', 'bullseye');

export const debian: Image = {
	...library('debian'),
	tags: tagsOf(
		{latest: 46.2, '12': 46.2, bookworm: 46.2, '12-slim': 26.9, 'bookworm-slim': 26.9, '11': 52.6, bullseye: 52.6, 'bullseye-slim': 28.9},
		tag => runs(['bash'], {'/etc/os-release': /^(?:11|bullseye)/.test(tag) ? bullseye : osRelease.debian}),
	),
	tools: [...debianSlimTools, 'apt', 'apt-get'],
};

const goEnvironment = {PATH: '/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', GOPATH: '/go'};

/** Its compiler is not simulated: what `go` is asked for says so. */
export const golang: Image = {
	...library('golang'),
	tags: tagsOf(
		{latest: 296, '1': 296, '1.24': 296, '1.23': 292, '1.22': 288, '1.21': 284, alpine: 70, '1.23-alpine': 68, '1.22-alpine': 66},
		tag => ({
			...runs(['bash'], {'/etc/os-release': tag.includes('alpine') ? osRelease.alpine('3.21.3') : osRelease.debian}, goEnvironment),
			workingDir: '/go',
		}),
	),
	tools: [...debianSlimTools, 'git', 'make', 'gcc', '/usr/local/go/bin/go', '/usr/local/go/bin/gofmt'],
};
