import {failure} from '../failure.js';
import type {Call, Steps} from '../verb.js';
import {configFor, readWanted} from './container-config.js';
import {imageToRun} from './image.js';
import type {ContainerRecord} from '../../../../node/engine/model.js';

/** What `docker create` and `docker run` have in common. */
export function* createContainer(call: Call): Steps<ContainerRecord> {
	const {engine, values, io, path} = call;
	const [image = '', ...words] = call.args;
	const wanted = readWanted(call);
	const cidFile = values.string('cidfile');
	if (cidFile !== undefined && io.machine.files.exists(io.path(cidFile)))
		throw failure(
			`docker: container ID file found, make sure the other container isn't running or delete ${cidFile}\n\nRun '${path} --help' for more information`,
			125,
		);
	const found = yield* imageToRun(call, image);
	const {config, host} = configFor(call, wanted, found, image, words);
	const record = engine.containers.create(values.string('name'), found, config, host);
	if (cidFile !== undefined) io.machine.files.write(io.path(cidFile), record.id);
	return record;
}
