/** Where things lie unless told otherwise. */

/** A coordinator's folder: `--dir`, or this. */
export const coordinatorFolder = '.collegium/coordinator'

/** A site's folder: `--dir`, or this. */
export const siteFolder = '.collegium/site'
