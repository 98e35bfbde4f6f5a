/**
 * Builds `dist/chevrotain.cjs`, the parser library as one file.
 * The library is some four hundred modules for the new module system alone. They take a quarter of a second to load, and old engines
 * cannot load them synchronously; one file takes a twentieth of that and loads anywhere.
 */
import { buildLibrary } from '../build-library.js'
import { LIBRARY_FILE, libraryExports } from './chevrotain.js'

buildLibrary(LIBRARY_FILE, `export { ${libraryExports.join(', ')} } from 'chevrotain'`, ['chevrotain/LICENSE.txt', 'lodash-es/LICENSE'])
