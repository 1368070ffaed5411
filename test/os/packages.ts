import test from 'ava';
import {createFiles} from '../../source/os/file-tree.js';
import {createPackages} from '../../source/os/packages.js';
import {rhelTree} from '../../source/os/rhel/base-files.js';
import {preinstalled, rhelPackages} from '../../source/os/rhel/packages.js';
import {createSim} from '../../source/sim/sim.js';

function host() {
	const sim = createSim('packages');
	const files = createFiles(sim, 'h', rhelTree(rhelPackages.filter(item => preinstalled.includes(item.name))));
	return {files, packages: createPackages(sim, 'h', rhelPackages, preinstalled, () => files)};
}

test('a command is there when its package is', t => {
	const {files, packages} = host();
	t.false(files.exists('/usr/sbin/ipvsadm'));
	const {install, missing} = packages.resolve(['ipvsadm', 'nosuch']);
	t.deepEqual(
		install.map(item => item.name),
		['ipvsadm'],
	);
	t.deepEqual(missing, ['nosuch']);
	packages.install(install);
	t.is(files.stat('/sbin/ipvsadm').mode, 0o755);
	packages.remove(install);
	t.false(files.exists('/usr/sbin/ipvsadm'));
	t.false(packages.isInstalled('ipvsadm'));
});

test('dependencies come along, by any name, and keep what they are needed for', t => {
	const {packages} = host();
	const {install} = packages.resolve(['bind-utils', '/usr/bin/dig', 'iptables-services', 'nc']);
	const names = install.map(item => item.name);
	t.true(['bind-utils', 'bind-libs', 'bind-license', 'iptables-nft-services', 'nmap-ncat'].every(name => names.includes(name)));
	t.false(names.includes('iptables-nft'), 'it is installed already');
	packages.install(install);
	t.deepEqual(
		packages
			.dependents(['bind-libs'])
			.map(item => item.name)
			.sort(),
		['bind-libs', 'bind-utils'],
	);
});

test('every requirement and preinstalled name of the catalogue is in it', t => {
	const {packages} = host();
	for (const name of preinstalled) t.truthy(packages.find(name), name);
	for (const item of rhelPackages) for (const name of item.requires ?? []) t.truthy(packages.find(name), `${item.name} requires ${name}`);
});
