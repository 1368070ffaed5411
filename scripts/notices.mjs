import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

/** The licence texts of all packages whose files went into the bundle, in one text. */
export async function notices(root, inputs) {
	const folders = new Set(inputs.map(file => /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean));
	const entries = await Promise.all([...folders].sort().map(folder => notice(path.join(root, folder))));
	return `kubelab contains the following packages.\n\n${entries.join('\n')}`;
}

async function notice(folder) {
	const {name, version, license} = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)/i.test(entry));
	const text = file ? await readFile(path.join(folder, file), 'utf8') : `Licence: ${license ?? 'see the package'}\n`;
	return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n${'-'.repeat(80)}\n${text.trim()}\n`;
}
