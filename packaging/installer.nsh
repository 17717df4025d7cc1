; Aside in "Open with" of .txt and .md files. It does not become their default program: who double-clicks a text may want
; to write in it. electron-builder's own fileAssociations would take them over.

!define ASIDE_CLASS "Aside.Text"

!macro asideOffer EXTENSION
  WriteRegStr SHELL_CONTEXT "Software\Classes\${EXTENSION}\OpenWithProgids" "${ASIDE_CLASS}" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\SupportedTypes" "${EXTENSION}" ""
!macroend

!macro asideWithdraw EXTENSION
  DeleteRegValue SHELL_CONTEXT "Software\Classes\${EXTENSION}\OpenWithProgids" "${ASIDE_CLASS}"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${ASIDE_CLASS}" "" "Text for ${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${ASIDE_CLASS}\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${ASIDE_CLASS}\shell\open" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${ASIDE_CLASS}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "%1"'
  !insertmacro asideOffer ".txt"
  !insertmacro asideOffer ".md"
  !insertmacro asideOffer ".markdown"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; associations have changed
!macroend

!macro customUnInstall
  !insertmacro asideWithdraw ".txt"
  !insertmacro asideWithdraw ".md"
  !insertmacro asideWithdraw ".markdown"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${ASIDE_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
