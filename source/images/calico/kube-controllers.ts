import type {Program} from '../../node/program/program.js';

/** calico-kube-controllers: looks after Calico's own node objects, which this datastore does not have. */
export const calicoKubeControllers: Program = {
	name: 'kube-controllers',
	start(context) {
		context.log('Loaded configuration from environment config=&config.Config{LogLevel:"info", ...}', 'stdout');
		context.log('Starting Node controller', 'stdout');
	},
};
