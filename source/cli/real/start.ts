import {defaultSeed} from '../../lab/seed.js';
import {variantOf} from '../../lab/format/variant.js';
import {type CliOptions, exitStatus, inputError} from '../command.js';
import type {Host} from '../host.js';
import {findLab} from '../lab-files.js';
import {languageFrom} from '../language.js';
import {readProgress} from '../progress.js';
import {createKubectl} from './kubectl.js';
import {openRealCluster} from './real-cluster.js';

/** Applies what a lab sets up to a real cluster and prints its task. */
export async function startReal(name: string, options: CliOptions, host: Host): Promise<number> {
	const {seed = defaultSeed, context} = options as Readonly<Record<string, string | undefined>>;
	const lab = variantOf(await findLab(name), seed);
	if (lab.files.length > 0)
		throw inputError(
			`the lab "${lab.id}" lays files on hosts (${lab.files[0]!.path}): it needs the simulation, "kubelab start ${lab.id}".`,
		);
	const kubectl = createKubectl(context, host.env);
	await openRealCluster(kubectl);
	for (const {name: file, text} of lab.setup) {
		const {exitCode, stdout, stderr} = await kubectl.run(['apply', '-f', '-'], text);
		await host.out(stdout ? `${stdout}\n` : '');
		if (exitCode !== 0) throw inputError(`${file} cannot be applied: ${stderr.trim()}`);
	}
	await host.out(`\n${lab.text[languageFrom(options['lang'], host, readProgress(host))]}\n`);
	await host.out(`"kubelab check ${lab.id} --cluster" marks it.\n`);
	return exitStatus.done;
}
