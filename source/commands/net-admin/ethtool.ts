import {unsimulated} from './unsimulated.js';

export default unsimulated('ethtool', 'show and change network card settings');
