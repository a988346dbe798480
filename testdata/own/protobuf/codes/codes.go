// The directives of a generated enum stand in a file beside it.

//retcode:space status type=Status success=STATUS_OK
//retcode:retry transient STATUS_BUSY STATUS_DOWN
//retcode:group accounts STATUS_CLOSED
//retcode:owes STATUS_DOWN STATUS_BUSY

package codes
