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

/** Images that bring tools and a shell but no server of their own. */
export const busybox: Image = {
	...library('busybox'),
	tags: tagsOf(
		{
			latest: 2.05,
			'1.37': 2.05,
			'1.37.0': 2.05,
			'1.36': 2.1,
			'1.36.1': 2.1,
			'1.36.0': 2.1,
			'1.35': 2.1,
			'1.35.0': 2.1,
			'1.34': 0.74,
			'1.34.1': 0.74,
			'1.33': 0.74,
			'1.33.1': 0.74,
			'1.32': 0.74,
			'1.32.0': 0.74,
			'1.31': 0.73,
			'1.31.1': 0.73,
			'1.30': 0.72,
			'1.29': 0.71,
			'1.28': 0.69,
			'1.28.4': 0.69,
			'1.28.3': 0.69,
			'1.27': 0.68,
			stable: 2.05,
			musl: 0.8,
			glibc: 2.1,
			uclibc: 0.8,
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

export const ubuntu: Image = {
	...library('ubuntu'),
	tags: tagsOf({latest: 28.3, '24.04': 28.3, noble: 28.3, '22.04': 28.2, jammy: 28.2, '20.04': 26.2, focal: 26.2, '18.04': 25.7}, tag =>
		runs(['/bin/bash'], {'/etc/os-release': osRelease.ubuntu(/^\d/.test(tag) ? tag : '24.04')}),
	),
	tools: [...debianSlimTools, 'ps', 'top', 'free', 'uptime', 'apt', 'apt-get'],
};

export const debian: Image = {
	...library('debian'),
	tags: tagsOf(
		{latest: 46.2, '12': 46.2, bookworm: 46.2, '12-slim': 26.9, 'bookworm-slim': 26.9, '11': 52.6, bullseye: 52.6, 'bullseye-slim': 28.9},
		() => runs(['bash'], {'/etc/os-release': osRelease.debian}),
	),
	tools: [...debianSlimTools, 'apt', 'apt-get'],
};

export const python: Image = {
	...library('python'),
	tags: tagsOf(
		{
			latest: 365,
			'3': 365,
			'3.13': 365,
			'3.12': 358,
			'3.11': 350,
			'3.9': 340,
			'3-slim': 42,
			'3.12-slim': 41,
			'3.11-slim': 40,
			'3-alpine': 17,
			'3.12-alpine': 16,
		},
		() => runs(['python3'], {'/etc/os-release': osRelease.debian}),
	),
	tools: [...debianSlimTools, '/usr/local/bin/python3', '/usr/local/bin/python', '/usr/local/bin/pip'],
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

export const node: Image = {
	...library('node'),
	tags: tagsOf(
		{
			latest: 400,
			lts: 390,
			'22': 392,
			'20': 386,
			'18': 380,
			'22-slim': 76,
			'20-slim': 74,
			'22-alpine': 52,
			'20-alpine': 48,
			'18-alpine': 43,
		},
		() => ({...runs(['node'], {'/etc/os-release': osRelease.debian}), entrypoint: ['docker-entrypoint.sh'], wordsGoTo: 'node'}),
	),
	tools: [...debianSlimTools, '/usr/local/bin/node', '/usr/local/bin/npm', '/usr/local/bin/docker-entrypoint.sh'],
};
