using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Tests.Files;

public sealed class LikenessTests
{
    private static readonly string[] Known = ["per-second", "pid-file", "name", "zone"];

    [TestCase("perSecond", "per-second")]
    [TestCase("pidfile", "pid-file")]
    [TestCase("naem", "name")]
    [TestCase("zonee", "zone")]
    [TestCase("colour", null)]
    [TestCase("", null)]
    public void The_nearest_word_is_meant(string written, string? meant) => Assert.That(Likeness.Nearest(written, Known), Is.EqualTo(meant));
}
