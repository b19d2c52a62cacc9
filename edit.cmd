@echo off
rem Opens the editing page: double-click. Needs Python 3.11 or later from python.org.
cd /d "%~dp0"
where py >nul 2>nul && (py -3 scripts\edit) || (python scripts\edit)
pause
