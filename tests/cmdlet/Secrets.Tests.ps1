BeforeAll {
    . $PSScriptRoot/common.ps1

    # what must appear nowhere: PEM labels of private keys, and pieces of the keys themselves, plain and as kubeconfigs hold them
    function Get-Secret([string] $Path) {
        'PRIVATE KEY'
        foreach ($key in Get-ChildItem -LiteralPath $Path -Recurse -Filter *-key.pem) {
            $body = (Get-Content $key | Where-Object { $_ -notmatch '^-' }) -join ''
            $body.Substring(20, 40)
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($key)).Substring(60, 60)
        }
    }
}

Describe 'Secrets' {
    It 'appear on no stream, in no object, error or transcript' {
        $path = New-TestPath
        $transcript = New-TestPath
        $Error.Clear()
        $null = Start-Transcript -Path $transcript
        try {
            $output = & {
                $streams = @{ Verbose = $true; Debug = $true; InformationAction = 'Continue'; ErrorAction = 'Continue' }
                Invoke-KpDeployment $path @Deployment @streams
                New-KpCertificateAuthority "$path/ssl" @streams |
                    New-KpClientCertificate -CommonName jane @streams |
                    New-KpKubeconfig -Server $Server -ClusterName c @streams
                Invoke-KpDeployment $path @Deployment -Force @streams
                Test-KpDeployment $path @streams
                # files whose damage leaves the key readable in them
                (Get-Content -Raw "$path/ssl/admin-key.pem") -replace 'BEGIN EC', 'BEGIN XX' | Set-Content "$path/ssl/admin-key.pem"
                (Get-Content -Raw "$path/kubectl.kubeconfig") -replace 'users:', 'users: [' | Set-Content "$path/kubectl.kubeconfig"
                Invoke-KpDeployment $path @Deployment @streams
                Test-KpDeployment $path @streams
            } *>&1
            $output | Out-String | Write-Information -InformationAction Continue
        } finally {
            $null = Stop-Transcript
        }

        $clixml = New-TestPath
        $output | Export-Clixml -Depth 5 $clixml
        $text = @(
            $output | Format-List * -Force | Out-String -Width 4000
            $output | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue
            $Error | Format-List * -Force | Out-String -Width 4000
            Get-Content -Raw $clixml
            Get-Content -Raw $transcript
        ) -join "`n"
        $output.Count | Should -BeGreaterThan 60
        foreach ($secret in Get-Secret $path) {
            $text.Contains($secret.Replace('PRIVATE KEY', 'PRIVATE KEY-----')) | Should -BeFalse
        }
    }
}
