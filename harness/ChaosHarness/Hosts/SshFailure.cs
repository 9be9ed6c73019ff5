using ChaosHarness.Timing;

namespace ChaosHarness.Hosts;

/// <summary>Says what to do about a host that ssh does not reach.</summary>
internal static class SshFailure
{
    public static string Explain(string host, ShellLostException lost, TimeSpan limit)
    {
        // What gives it a session of its own says the second.
        if (lost.IsUnstarted || lost.Message.Contains("failed to execute", StringComparison.Ordinal))
        {
            return $"{host} cannot be reached: there is no ssh client here ({lost.Message}). Install OpenSSH, or give SshOptions.Program";
        }

        if (lost.IsLate)
        {
            return $"{host} did not answer within {DurationText.Format(limit)} of connecting. Look whether it is up, and whether its login scripts wait for something: ssh {host} true";
        }

        var said = lost.Message;
        return Has("IDENTIFICATION HAS CHANGED") ? $"{host} has another key than the one that is known: it was set up anew, or something else answers in its place. Compare its fingerprint with somebody who knows it; only then: ssh-keygen -R {host}, and add the new key ({LastLine(said)})"
            : Has("Host key verification failed") || Has("key is known for") ? $"the key of {host} is not known here, and an unknown host is not broken. Add it to the known hosts once its fingerprint was compared: ssh-keyscan {host}, or SshOptions.KnownHostsFile ({LastLine(said)})"
            : Has("Permission denied") || Has("Too many authentication failures") ? $"{host} does not let this user in: {LastLine(said)}. Put the public key into its authorized_keys, load the private one into an agent, or give SshOptions.User and SshOptions.IdentityFile; passwords are not used"
            : Has("Could not resolve") ? $"{host} has no address: {LastLine(said)}. Look at its name, or at the configuration of ssh"
            : Has("Connection refused") || Has("timed out") || Has("No route") || Has("unreachable") ? $"{host} cannot be reached: {LastLine(said)}. Look whether it is up, whether sshd runs there, and at the port"
            : $"{host} gave no shell: {(said.Length > 0 ? LastLine(said) : "ssh ended without a word")}. Look at it with: ssh {host} sh";

        bool Has(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static string LastLine(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
