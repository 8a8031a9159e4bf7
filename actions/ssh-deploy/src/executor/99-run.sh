
main "$@"
exit
