import {existsSync, readdirSync, readFileSync} from 'node:fs';
import test from 'ava';

const root = new URL('../../../shared/reference/goldens/', import.meta.url);
const here = new URL('../', import.meta.url);

/** Who reads a recording, by its path. Copies lie in `test/data`; the first row that matches counts. */
const readers: readonly (readonly [path: RegExp, reader: string])[] = [
	[/\.legacy\./, 'legacy'],
	[/^kube-proxy-1\.33\/(README\.md|23-with-kubelet\/kubelet-stage\.sh)$/, 'tells how the others were recorded'],
	[/^iptables\/nodebase\.sh$/, 'tells how the others were recorded; the same commands are in test/helpers/net-world.ts'],
	[/^kube-proxy-startup-v1\.33\.1-iptables\.log$/, 'of another cluster: the lines of kube-proxy-1.33/startup/iptables-v0.log.txt'],
	[/startup\/mode-ipvs\.txt$/, 'of a kernel that has no ip_vs; the one that is simulated has'],
	[/startup\/mode-nftables\.txt$/, 'mode nftables is refused aloud'],
	[/22-hand-damage\/timeline\.txt$/, 'prose: lifecycle.ts does what it tells'],
	[/(-v2(\.[AB])?\.log|22-hand-damage\/|26-large-cluster\/|after-cleanup\.log)/, 'proxy/verbose.ts'],
	[/17-lifecycle\//, 'proxy/lifecycle.ts'],
	[/24-udp-conntrack\/|http\.txt$/, 'proxy/health.ts'],
	[/^kube-proxy-1\.33\/\d.*\/(nat-L|filter-L|nat-S)/, 'proxy/listed.ts'],
	[/^kube-proxy-1\.33\//, 'proxy/recorded.ts'],
	[/(overall|ipvs-kubeadm|kubeadm)\.json$|TestOverall/, 'proxy/rules.ts'],
	[/^iptables\//, 'net/iptables-golden.ts'],
	[/^ipvs\/kubeadm\.(nft|ipset|addrs|ipvs\.restore)/, 'net/ipset-golden.ts'],
	[/^ipvs\//, 'net/ipvsadm-golden.ts'],
	[/^net\/(ss|netstat|ip|ifconfig|bb-ip-addr|bb-ifconfig)\b/, 'net/tools-golden.ts'],
	[/^net\//, 'net-client/recorded.ts'],
];

const folders = [
	'data/proxy/',
	'data/proxy/kube-proxy-1.33/',
	'data/net/iptables/',
	'data/net/ipvs/',
	'data/net/tools/',
	'data/net-client/',
];

function walk(folder: string): string[] {
	return readdirSync(new URL(folder, root), {withFileTypes: true}).flatMap(entry =>
		entry.isDirectory() ? walk(`${folder}${entry.name}/`) : `${folder}${entry.name}`,
	);
}

const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** A dump of either variant: built-in chains have no counters, and no order that means something, nor have tables or services. */
const plain = (dump: string) =>
	dump
		.replace(/iptables-save v1\.8\.9( \(nf_tables\))?|iptables v1\.8\.9 \((nf_tables|legacy)\)/g, 'iptables')
		.replace(/ on \w{3} \w{3} .*$/gm, '')
		.replace(/\[\d+:\d+\]/g, '')
		.split('\n')
		.filter(line => line && !/^(:|\*|COMMIT|#)/.test(line))
		.sort();

/** The old variant has these words of its own; its command is refused aloud. */
const ownWords = /kubeadm\.legacy\.(err-(badtable|badtarget|nochain|x-nonempty)|version)\.txt$/;

if (existsSync(root)) {
	const paths = walk('');
	test('every recording is read, or there is a reason why not', t => {
		t.true(paths.length > 400);
		for (const path of paths) {
			const reader = readers.find(([pattern]) => pattern.test(path))?.[1] ?? '';
			if (reader === 'legacy' || /\s/.test(reader)) continue;
			t.true(existsSync(new URL(reader, here)), `${path}: ${reader}`);
			const name = path.replace(/^[^/]*\//, '');
			const copies = folders.map(folder => new URL(`${folder}${name}`, here)).filter(url => existsSync(url));
			t.true(copies.length > 0, `${path} has no copy`);
			for (const copy of copies) t.true(readFileSync(copy, 'utf8') === text(path), `the copy of ${path} is another`);
		}
	});

	test('iptables-legacy lists what the nf_tables variant does', t => {
		for (const path of paths.filter(each => each.includes('.legacy.') && !ownWords.test(each))) {
			const sibling = path.replace(/\.legacy\.txt$/, '.txt').replace('.legacy.', '.nft.');
			t.deepEqual(plain(text(path)), plain(text(sibling)), path);
		}
	});
} else test('every recording is read: skipped, ../shared is not there', t => t.pass());
