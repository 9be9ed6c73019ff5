using ChaosHarness.Histories;
using CsCheck;

namespace ChaosHarness.Tests.Histories;

public sealed class StoredIdTests
{
    [Test]
    public void Numbers_keep_their_value_and_read_as_they_are_written() => Gen.Long.Sample(number =>
    {
        StoredId id = number;
        return id.Number == number && id.ToString() == $"{number}" && id == (StoredId)number && id != (StoredId)(number + 1);
    });

    [Test]
    public void Guids_read_as_they_are_written() => Gen.Guid.Sample(value =>
    {
        StoredId id = value;
        return id.Number is null && id.ToString() == value.ToString() && id == (StoredId)value && id.GetHashCode() == ((StoredId)value).GetHashCode();
    });

    [Test]
    public void Texts_are_told_apart_to_the_letter()
    {
        StoredId id = "Order-17";

        Assert.That((id.ToString(), id.Number, id == "Order-17", id == "order-17"), Is.EqualTo(("Order-17", (long?)null, true, false)));
        Assert.That(() => (StoredId)(string)null!, Throws.ArgumentNullException);
    }

    [Test]
    public void A_number_a_guid_and_a_text_are_never_the_same()
    {
        StoredId[] ids = [0L, Guid.Empty, "0", "", Guid.Empty.ToString(), default];

        Assert.That(ids.Distinct().Count(), Is.EqualTo(ids.Length));
    }

    [Test]
    public void What_is_no_id_reads_as_nothing() => Assert.That((default(StoredId).ToString(), default(StoredId).Number), Is.EqualTo(("", (long?)null)));
}
