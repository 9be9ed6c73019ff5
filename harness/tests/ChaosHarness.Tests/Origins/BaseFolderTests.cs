using ChaosHarness.Origins;

namespace ChaosHarness.Tests.Origins;

public sealed class BaseFolderTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("base-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("Shop.sln")]
    [TestCase("Shop.slnx")]
    public void The_solution_comes_before_a_repository_and_a_project(string solution)
    {
        Write(solution);
        Directory.CreateDirectory(Path.Combine(_folder, "tests", ".git"));
        Write("tests/Drills/Drills.csproj");

        Assert.That(BaseFolder.Of(Bin), Is.EqualTo(_folder));
    }

    // Of a worktree it is a file.
    [TestCase(true)]
    [TestCase(false)]
    public void The_repository_comes_before_a_project(bool isFile)
    {
        if (isFile)
        {
            Write(".git");
        }
        else
        {
            Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        }

        Write("tests/Drills/Drills.csproj");

        Assert.That(BaseFolder.Of(Bin), Is.EqualTo(_folder));
    }

    [Test]
    public void A_project_alone_is_taken_and_not_its_output()
    {
        Write("tests/Drills/Drills.fsproj");

        Assert.That(BaseFolder.Of(Bin), Is.EqualTo(Path.Combine(_folder, "tests", "Drills")));
    }

    [Test]
    public void Where_there_is_nothing_it_is_the_folder_itself() => Assert.That(BaseFolder.Of(_folder), Is.EqualTo(_folder));

    private string Bin => Directory.CreateDirectory(Path.Combine(_folder, "tests", "Drills", "bin", "Debug", "net10.0")).FullName;

    private void Write(string path)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
    }
}
