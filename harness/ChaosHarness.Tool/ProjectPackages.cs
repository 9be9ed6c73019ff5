using System.Xml;
using System.Xml.Linq;

namespace ChaosHarness.Tool;

/// <summary>The packages that a project refers to, with the versions that it or its <c>Directory.Packages.props</c> gives them.</summary>
internal static class ProjectPackages
{
    private const string Central = "Directory.Packages.props";

    /// <summary>The version of a package, as it is written.</summary>
    /// <returns>The version; empty when the project refers to the package and the version is said elsewhere; null when it does not refer to it.</returns>
    public static string? VersionOf(string project, string package)
    {
        if (Find(project, "PackageReference", package) is not { } reference)
        {
            return null;
        }

        return Said(reference, "VersionOverride") ?? Said(reference, "Version") ?? CentralVersionOf(Path.GetDirectoryName(project)!, package) ?? "";
    }

    /// <summary>The versions of the packages that a file refers to.</summary>
    public static IReadOnlyDictionary<string, string> In(string project) => Load(project).Descendants()
        .Where(element => element.Name.LocalName == "PackageReference")
        .ToDictionary(element => (string)element.Attribute("Include")!, element => Said(element, "Version") ?? "", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a version is surely below another; one that is no plain number, such as a range or a property, is nobody's to judge.</summary>
    public static bool IsBelow(string version, string other) =>
        Version.TryParse(version.Split('-')[0], out var left) && Version.TryParse(other.Split('-')[0], out var right)
        && (left < right || (left == right && version.Contains('-', StringComparison.Ordinal) && !other.Contains('-', StringComparison.Ordinal)));

    private static string? CentralVersionOf(string folder, string package)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, Central);
            if (File.Exists(file))
            {
                return Find(file, "PackageVersion", package) is { } version ? Said(version, "Version") : null;
            }
        }

        return null;
    }

    private static XElement? Find(string file, string kind, string package) => Load(file).Descendants()
        .FirstOrDefault(element => element.Name.LocalName == kind && string.Equals((string?)element.Attribute("Include"), package, StringComparison.OrdinalIgnoreCase));

    private static string? Said(XElement element, string name) =>
        (string?)element.Attribute(name) ?? element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value.Trim();

    private static XDocument Load(string file)
    {
        try
        {
            return XDocument.Load(file);
        }
        catch (XmlException exception)
        {
            throw new UsageException($"{Workspace.Shown(file)} cannot be read as a project: {exception.Message}");
        }
    }
}
