; Installer of the desk (Inno Setup 6): iscc station.iss, after build.spec made dist\station-app on Windows.
; Per user, no administrator needed; .gmb is opened by station-app (double click).
[Setup]
AppId=station-app
AppName=群众诉求服务站
AppVersion=0.1.0
DefaultDirName={localappdata}\Programs\station-app
DefaultGroupName=群众诉求服务站
PrivilegesRequired=lowest
ChangesAssociations=yes
OutputBaseFilename=station-app-setup
SourceDir=..\..\..

[Files]
Source: "dist\station-app\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\群众诉求服务站"; Filename: "{app}\station-app.exe"

; the station's data is nobody's business here: nothing under the data directory is ever installed or removed
[Registry]
Root: HKCU; Subkey: "Software\Classes\.gmb"; ValueType: string; ValueData: "StationBundle"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.gmb"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-station-bundle"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\StationBundle"; ValueType: string; ValueData: "服务站数据包"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\StationBundle\DefaultIcon"; ValueType: string; ValueData: "{app}\station-app.exe,0"
Root: HKCU; Subkey: "Software\Classes\StationBundle\shell\open\command"; ValueType: string; ValueData: """{app}\station-app.exe"" ""%1"""
