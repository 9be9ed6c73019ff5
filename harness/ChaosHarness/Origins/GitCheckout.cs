namespace ChaosHarness.Origins;

/// <summary>What is checked out in a folder, read from its files: git itself need not be installed.</summary>
/// <param name="Branch">The branch; null when a commit is checked out by itself.</param>
/// <param name="Commit">The commit; null in a repository without any.</param>
public sealed record GitCheckout(string? Branch, string? Commit)
{
    private const string Heads = "refs/heads/";

    /// <summary>Finds the checkout that a folder lies in.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>What is checked out; null when the folder lies in no repository, or it cannot be read.</returns>
    public static GitCheckout? Find(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                if (Administration(Path.Combine(at.FullName, ".git")) is { } git)
                {
                    return Read(git);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Who made the commit is a label; nothing fails for lack of it.
        }

        return null;
    }

    // In a linked worktree or a submodule .git is a file that says where the folder is.
    private static string? Administration(string path)
    {
        const string Pointer = "gitdir: ";
        if (Directory.Exists(path))
        {
            return path;
        }

        return File.Exists(path) && File.ReadAllText(path).Trim() is { } text && text.StartsWith(Pointer, StringComparison.Ordinal)
            ? Path.GetFullPath(text[Pointer.Length..], Path.GetDirectoryName(path)!)
            : null;
    }

    private static GitCheckout Read(string git)
    {
        const string Symbolic = "ref: ";
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        if (!head.StartsWith(Symbolic, StringComparison.Ordinal))
        {
            return new GitCheckout(null, head.Length > 0 ? head : null);
        }

        var reference = head[Symbolic.Length..];
        return new GitCheckout(reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : reference, Resolve(git, reference));
    }

    private static string? Resolve(string git, string reference)
    {
        var common = Path.Combine(git, "commondir");
        string[] places = File.Exists(common) ? [git, Path.GetFullPath(File.ReadAllText(common).Trim(), git)] : [git];
        foreach (var place in places)
        {
            if (File.Exists(Path.Combine(place, reference)))
            {
                return File.ReadAllText(Path.Combine(place, reference)).Trim();
            }

            var packed = Path.Combine(place, "packed-refs");
            var line = File.Exists(packed) ? File.ReadLines(packed).FirstOrDefault(candidate => candidate.EndsWith(" " + reference, StringComparison.Ordinal)) : null;
            if (line is not null)
            {
                return line[..line.IndexOf(' ', StringComparison.Ordinal)];
            }
        }

        return null;
    }
}
