namespace ChaosHarness.Tool.Tests;

/// <summary>The tool looks where the tests leave what they leave.</summary>
public sealed class WorkspaceTests
{
    private const string Experiments = "<Project><!-- ChaosHarness.NUnit Microsoft.NET.Test.Sdk --></Project>";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("workspace-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Above_the_only_project_and_outside_of_a_repository_it_is_that_of_the_project()
    {
        Write("ShopTests/ShopTests.csproj", Experiments);
        Write("Shop/Shop.csproj", "<Project />");
        Write("ShopTests/bin/Copy.csproj", Experiments);

        Assert.That(Workspace.Find(_folder).Folder, Is.EqualTo(Path.Combine(_folder, "ShopTests")));
        Assert.That(Workspace.Find(Path.Combine(_folder, "ShopTests")).Folder, Is.EqualTo(Path.Combine(_folder, "ShopTests")));
    }

    [TestCase(".git/HEAD")]
    [TestCase("Shop.sln")]
    public void A_repository_or_a_solution_is_one_as_a_whole(string mark)
    {
        Write(mark, "");
        Write("ShopTests/ShopTests.csproj", Experiments);

        Assert.That(Workspace.Find(_folder).Folder, Is.EqualTo(_folder));
    }

    [Test]
    public void Of_several_or_none_it_is_the_folder()
    {
        Assert.That(Workspace.Find(_folder).Folder, Is.EqualTo(_folder));
        Write("One/One.csproj", Experiments);
        Write("Other/Other.csproj", Experiments);

        Assert.That(Workspace.Find(_folder).Folder, Is.EqualTo(_folder));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
