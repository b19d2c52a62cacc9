@echo off
rem Opens the editing page: double-click. Needs Python 3.11 or later from python.org.
cd /d "%~dp0"
where py >nul 2>nul
if errorlevel 1 (python scripts\edit) else (py -3 scripts\edit)
pause
