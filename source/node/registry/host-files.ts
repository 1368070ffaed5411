import type {BaseEntries} from '../../os/base-tree.js';
import {certificateFile, classroomRegistries, keyFile, registryAdmin, registryAuthority, registryPair} from './authority.js';

/** How the classroom's machines were set up for its registry: whom they trust, who they are, where they look first. */
export function registryClientFiles(hasDocker: boolean, hasContainerd: boolean): BaseEntries {
	const entries: Record<string, BaseEntries[string]> = {};
	for (const name of classroomRegistries) {
		entries[`/etc/docker/certs.d/${name}/ca.crt`] = {make: registryAuthority};
		if (hasContainerd) entries[`/etc/containerd/certs.d/${name}/ca.crt`] = {make: registryAuthority};
	}

	const [mirror = ''] = classroomRegistries;
	if (hasContainerd) {
		entries['/etc/containerd/certs.d/docker.io/hosts.toml'] =
			`server = "https://registry-1.docker.io"\n\n[host."https://${mirror}"]\n  capabilities = ["pull", "resolve"]\n  ca = "/etc/containerd/certs.d/${mirror}/ca.crt"\n`;
	}

	if (!hasDocker) return entries;
	entries['/etc/docker/daemon.json'] = `{\n  "registry-mirrors": ["https://${mirror}"]\n}\n`;
	const {username, password} = registryAdmin;
	const auth = Buffer.from(`${username}:${password}`).toString('base64');
	entries['/root/.docker'] = {folder: true, mode: 0o700};
	entries['/root/.docker/config.json'] = {
		text: `${JSON.stringify({auths: Object.fromEntries(classroomRegistries.map(name => [name, {auth}]))}, undefined, '\t')}\n`,
		mode: 0o600,
	};
	return entries;
}

/** What Harbor's installer left on its machine. */
export function registryServerFiles(): BaseEntries {
	const [name = ''] = classroomRegistries;
	return {
		'/data/certs/ca.crt': {make: registryAuthority},
		[certificateFile]: {make: () => registryPair().certificate},
		[keyFile]: {make: () => registryPair().key, mode: 0o600},
		'/data/registry': {folder: true},
		'/opt/harbor/harbor.yml': `hostname: ${name}\nhttps:\n  port: 443\n  certificate: ${certificateFile}\n  private_key: ${keyFile}\nharbor_admin_password: ${registryAdmin.password}\ndata_volume: /data\n`,
	};
}
