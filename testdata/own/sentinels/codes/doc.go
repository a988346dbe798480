//retcode:space queue type=Code success=Done
//retcode:retry transient Full Draining

package codes
