using System.CommandLine;

namespace ChaosHarness.Tool.Commands;

/// <summary>Scripts that let shells complete this command's words.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _chaos() { mapfile -t COMPREPLY < <(compgen -W "$(chaos "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"); }
        complete -o default -F _chaos chaos
        """;

    private const string Zsh = """
        _chaos() { local -a words; words=("${(f)$(chaos "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}"); compadd -- $words; }
        compdef _chaos chaos
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName chaos -ScriptBlock {
            param($word, $line, $position)
            chaos "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        var command = new Command("completion", "Prints what lets a shell complete this command's words; for bash: eval \"$(chaos completion bash)\"") { shell };
        command.SetAction(parsed =>
        {
            Console.WriteLine(parsed.GetRequiredValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => PowerShell });
            return ExitCodes.Done;
        });
        return command;
    }
}
