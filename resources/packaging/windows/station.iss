; Installer of the desk, Inno Setup 6: iscc /DVersion=0.1.0 station.iss, after build.spec made dist\station-app and
; dist\launcher on Windows. Sign with /Ssign=... and SignTool=sign where the publisher has a certificate.
;
; Without a question, for tools that push software (no restart is ever asked for):
;   station-app-0.1.0-setup.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART /ALLUSERS /CONFIG="policy.toml" /LOG="install.log"
;   /ALLUSERS     into Program Files, for everybody, needs rights; versions are then changed by the next installer only
;   /CURRENTUSER  into the user's own folder, no rights needed; the program can fetch its updates itself (the default)
;   /CONFIG=FILE  the unit's policy.toml, laid beside the versions; /DIR=FOLDER another place
;   exit codes    0 done, 1 could not begin, 2 to 5 stopped or failed before or while copying, 8 restart needed first
; Without it: unins000.exe /VERYSILENT. The data directories of users are never installed and never removed.
#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId=station-app
AppName=群众诉求服务站
AppVersion={#Version}
VersionInfoVersion={#Version}
DefaultDirName={autopf}\station-app
DefaultGroupName=群众诉求服务站
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline dialog
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
OutputBaseFilename=station-app-{#Version}-setup
UninstallDisplayName=群众诉求服务站
UninstallDisplayIcon={app}\launcher\station-app.exe
Compression=lzma2
SourceDir=..\..\..

[Files]
Source: "dist\station-app\*"; DestDir: "{app}\versions\{#Version}"; Flags: recursesubdirs ignoreversion
Source: "dist\launcher\*"; DestDir: "{app}\launcher"; Flags: recursesubdirs ignoreversion
Source: "LICENSE"; DestDir: "{app}\licences"; DestName: "station-app.txt"
Source: "resources\fonts\OFL-*.txt"; DestDir: "{app}\licences"
Source: "{code:PolicyFile}"; DestDir: "{app}"; DestName: "policy.toml"; Flags: external ignoreversion; Check: HasPolicy

; the version of this installer is put in force: without a pointer the launcher takes the latest that lies here
[InstallDelete]
Type: files; Name: "{app}\current"
Type: files; Name: "{app}\fallback"

[Icons]
Name: "{group}\群众诉求服务站"; Filename: "{app}\launcher\station-app.exe"
Name: "{autodesktop}\群众诉求服务站"; Filename: "{app}\launcher\station-app.exe"

; versions the program fetched itself, and what points to them; never anything of a user
[UninstallDelete]
Type: filesandordirs; Name: "{app}\versions"
Type: files; Name: "{app}\current"
Type: files; Name: "{app}\fallback"

[Registry]
Root: HKA; Subkey: "Software\Classes\.gmb"; ValueType: string; ValueData: "StationBundle"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.gmb"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-station-bundle"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\StationBundle"; ValueType: string; ValueData: "服务站数据包"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\StationBundle\DefaultIcon"; ValueType: string; ValueData: "{app}\launcher\station-app.exe,0"
Root: HKA; Subkey: "Software\Classes\StationBundle\shell\open\command"; ValueType: string; ValueData: """{app}\launcher\station-app.exe"" ""%1"""

[Code]
function PolicyFile(Param: String): String;
begin
  Result := ExpandConstant('{param:CONFIG|}');
end;

function HasPolicy(): Boolean;
begin
  Result := PolicyFile('') <> '';
end;

{ A policy file that was named and is not there ends the installation: a PC without its unit's settings would be worse. }
function InitializeSetup(): Boolean;
begin
  Result := (not HasPolicy()) or FileExists(PolicyFile(''));
  if not Result then
    Log('no such policy file: ' + PolicyFile(''));
end;
