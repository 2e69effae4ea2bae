BeforeDiscovery {
    $ways = @('extracting it')
    if (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet) {
        $ways += 'Install-PSResource'
    }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    $manifest = Import-PowerShellDataFile (Join-Path $RepositoryRoot KubePrep.psd1)
    $version = $manifest.ModuleVersion

    # a run of all tests has made what users get
    $packages = $env:KUBEPREP_PACKAGES
    if (-not $packages) {
        $packages = Join-Path $TestDrive 'what users get'
        & (Join-Path $RepositoryRoot build.sh) package $packages
    }
    $module = Join-Path $packages KubePrep $version
    $package = Join-Path $packages "KubePrep.$version.nupkg"

    # a user who has built nothing, with a home of their own; root becomes nobody for that
    function New-OtherUser {
        $user = @{ Home = (New-Item -ItemType Directory (Join-Path $TestDrive "home of $([guid]::NewGuid())")).FullName }
        $user.Modules = Join-Path $user.Home .local/share/powershell/Modules
        $user.Run = @('env', '--ignore-environment', "PATH=$env:PATH", "PSModulePath=$env:PSModulePath", "HOME=$($user.Home)") +
            @('pwsh', '-NoProfile', '-NonInteractive')
        if ([Environment]::IsPrivilegedProcess) {
            chown nobody $user.Home
            $user.Run = @('setpriv', '--reuid=nobody', '--regid=nogroup', '--clear-groups') + $user.Run
        }
        $user
    }

    function Invoke-AsUser([hashtable] $User, [string] $Script) {
        $program, $arguments = $User.Run
        Push-Location $User.Home
        try {
            & $program @arguments -Command "`$ErrorActionPreference = 'Stop'; $Script" 2>&1
        } finally {
            Pop-Location
        }
    }

    function Install-Package([hashtable] $User, [string] $Way) {
        if ($Way -eq 'Install-PSResource') {
            $null = New-Item -ItemType Directory (Join-Path $User.Home packages)
            Copy-Item (Join-Path $packages *.nupkg) (Join-Path $User.Home packages)
            Invoke-AsUser $User 'Register-PSResourceRepository local ./packages -Trusted; Install-PSResource KubePrep -Repository local'
        } else {
            $null = New-Item -ItemType Directory $User.Modules
            Expand-Archive $package (Join-Path $User.Modules KubePrep $version)
        }
        chmod -R a=rX $User.Modules
        if ([Environment]::IsPrivilegedProcess) {
            chown -R root $User.Modules
        }
    }
}

Describe 'The module''s package' {
    # else a user who is not root could not remove what the tests leave
    AfterAll {
        chmod -R u+w $TestDrive
    }

    It 'holds what a user needs, and nothing else' {
        $files = 'CHANGELOG.md', 'KubePrep.psd1', 'LICENSE', 'THIRD-PARTY-NOTICES.txt',
            'bin/KubePrep.Core.dll', 'bin/KubePrep.Format.ps1xml', 'bin/KubePrep.dll',
            'bin/lib/KubePrep.Yaml.dll', 'bin/lib/YamlDotNet.dll',
            'en-US/KubePrep.dll-Help.xml', 'en-US/about_KpNode.help.txt', 'en-US/about_KpPreparationProfile.help.txt', 'en-US/about_KubePrep.help.txt', 'en-US/about_KubePrep_Security.help.txt'
        (Get-ChildItem -Recurse -File $module).ForEach({ [IO.Path]::GetRelativePath($module, $_.FullName) }) | Sort-Object -CaseSensitive |
            Should -Be ($files | Sort-Object -CaseSensitive)

        $archive = [IO.Compression.ZipFile]::OpenRead($package)
        $names = $archive.Entries.FullName
        $archive.Dispose()
        $names | Where-Object { $_ -notmatch '^(_rels/|package/|\[Content_Types\]\.xml$|KubePrep\.nuspec$)' } | Sort-Object -CaseSensitive |
            Should -Be ($files | Sort-Object -CaseSensitive)
    }

    It 'says what the manifest says, and how its cmdlets are found' {
        $archive = [IO.Compression.ZipFile]::OpenRead($package)
        $reader = [IO.StreamReader]::new($archive.GetEntry('KubePrep.nuspec').Open())
        $metadata = ([xml] $reader.ReadToEnd()).package.metadata
        $reader.Dispose()
        $archive.Dispose()

        $metadata.id | Should -BeExactly KubePrep
        $metadata.version | Should -Be $version
        $metadata.authors | Should -Be $manifest.Author
        $metadata.description | Should -Be $manifest.Description
        $metadata.license.InnerText | Should -Be MIT
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
        $metadata.releaseNotes | Should -Be $manifest.PrivateData.PSData.ReleaseNotes
        $metadata.dependencies | Should -BeNullOrEmpty
        $tags = @('PSModule', 'PSIncludes_Cmdlet') + $manifest.PrivateData.PSData.Tags +
            $manifest.CmdletsToExport.ForEach({ "PSCmdlet_$_"; "PSCommand_$_" })
        -split $metadata.tags | Sort-Object | Should -Be ($tags | Sort-Object)
        $tags | Should -Contain PSEdition_Core
    }

    It 'has a manifest without faults, and assemblies of its version that run on every processor' {
        Test-ModuleManifest (Join-Path $module KubePrep.psd1) -WarningVariable warnings | Should -Not -BeNullOrEmpty
        $warnings | Should -BeNullOrEmpty
        foreach ($file in Get-ChildItem (Join-Path $module bin/*.dll), (Join-Path $module bin/lib/*.dll)) {
            $assembly = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead($file))
            $assembly.PEHeaders.CorHeader.Flags | Should -BeIn 'ILOnly', 'ILOnly, StrongNameSigned' -Because $file.Name
            $assembly.Dispose()
            if ($file.Name -like 'KubePrep*') {
                $file.VersionInfo.FileVersion | Should -Be "$version.0"
            }
        }
    }

    It 'works for a user other than the one who built it, after <_>' -ForEach $ways {
        $user = New-OtherUser
        Install-Package $user $_
        $before = Get-Tree $user.Modules

        $seen = Invoke-AsUser $user @"
            Import-Module KubePrep
            @{
                User = [Environment]::UserName
                Path = (Get-Module KubePrep).ModuleBase
                Commands = @(Get-Command -Module KubePrep).Count
                Examples = @((Get-Help New-KpUser -Full).examples.example).Count
                Deployed = @(Invoke-KpDeployment ./prod c1 $Server).Count
                Person = (New-KpUser jane -Role view -ClusterDirectory ./prod).Status.ToString()
                Verdicts = @(Test-KpDeployment ./prod | ForEach-Object { `$_.Verdict.ToString() } | Sort-Object -Unique)
            } | ConvertTo-Json
"@ | Out-String | ConvertFrom-Json

        if ([Environment]::IsPrivilegedProcess) {
            $seen.User | Should -Be nobody
        }
        $seen.Path | Should -Be (Join-Path $user.Modules KubePrep $version)
        $seen.Commands | Should -Be $manifest.CmdletsToExport.Count
        $seen.Examples | Should -BeGreaterOrEqual 2
        $seen.Deployed | Should -Be 20
        $seen.Person | Should -Be Created
        $seen.Verdicts | Should -Be Good
        Get-Tree $user.Modules | Should -Be $before
    }
}
