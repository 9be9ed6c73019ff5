using System.Text;
using ChaosHarness.Logs;
using ChaosHarness.Measurement;
using ChaosHarness.Allure.Attachments;

namespace ChaosHarness.Allure.Tests.Attachments;

public sealed class AttachmentTests
{
    [Test]
    public void Lost_writes_are_a_table()
    {
        LostWrite[] lost = [new(7, TimeSpan.FromSeconds(1.25), "db-a"), new(8, TimeSpan.FromSeconds(2), null), new(9, TimeSpan.FromSeconds(3), "a,\"b\"")];

        Assert.That(Encoding.UTF8.GetString(LostWritesTable.Write(lost)), Is.EqualTo("id,acknowledged_s,acknowledged_by\n7,1.25,db-a\n8,2,\n9,3,\"a,\"\"b\"\"\"\n"));
    }

    [Test]
    public void Logs_have_a_part_a_component_and_no_escape_sequences() => Assert.That(
        Encoding.UTF8.GetString(LogText.Write([new LogExcerpt("db-a", "injection", [new LogLine(TimeSpan.FromSeconds(2.5), "\u001b[31mFATAL\u001b[0m: gone")])])),
        Is.EqualTo("== db-a\n    2.500s  \u00b7[31mFATAL\u00b7[0m: gone\n\n"));
}
