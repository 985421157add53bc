; Inno Setup 6: the setup program for Windows, for one person and without administrator's rights.
; After `python dev.py build`:  iscc release\windows.iss
#define Version "0.1.0"

[Setup]
AppId=Coffre
AppName=Coffre
AppVersion={#Version}
AppPublisher=The Coffre founders
DefaultDirName={autopf}\Coffre
DefaultGroupName=Coffre
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
DisableProgramGroupPage=yes
LicenseFile=..\LICENSE
SourceDir=..
OutputDir=dist
OutputBaseFilename=coffre-setup
UninstallDisplayIcon={app}\coffre-window.exe
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[Files]
Source: "dist\coffre\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\Coffre"; Filename: "{app}\coffre-window.exe"

[Registry]
; Backups are ours. A badge in a .json or .png is not: those keep their program, and Coffre is
; offered under "Open with".
Root: HKA; Subkey: "Software\Classes\.coffre"; ValueType: string; ValueData: "Coffre.Backup"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Coffre.Backup"; ValueType: string; ValueData: "Coffre backup"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Coffre.Backup\shell\open\command"; ValueType: string; ValueData: """{app}\coffre-window.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\.json\OpenWithProgids"; ValueType: string; ValueName: "Coffre.Badge"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.jwt\OpenWithProgids"; ValueType: string; ValueName: "Coffre.Badge"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Coffre.Badge"; ValueType: string; ValueData: "Badge"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Coffre.Badge\shell\open\command"; ValueType: string; ValueData: """{app}\coffre-window.exe"" open ""%1"""
; Links: coffre:add?url=https%3A%2F%2F...
Root: HKA; Subkey: "Software\Classes\coffre"; ValueType: string; ValueData: "URL:Coffre"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\coffre"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\coffre\shell\open\command"; ValueType: string; ValueData: """{app}\coffre-window.exe"" open ""%1"""
