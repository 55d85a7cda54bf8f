using System.Globalization;
using System.Text;

namespace PushHost.Wire;

/// <summary>Where a reader of JSV is. It becomes text only when that place is to blame, since a list may have hundreds of thousands of entries.</summary>
internal sealed class JsvPath(string root)
{
    private readonly List<Step> _steps = [];

    /// <summary>Goes into a member or key.</summary>
    public void Enter(string name) => _steps.Add(new(name, 0));

    /// <summary>Goes into a list, before its first entry.</summary>
    public void EnterList() => _steps.Add(new(null, -1));

    /// <summary>Goes to the next entry of the list.</summary>
    public void NextEntry() => _steps[^1] = new(null, _steps[^1].Index + 1);

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>A path such as <c>message.tags[2]</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(root);
        foreach (var step in _steps)
        {
            if (step.Name is null)
                text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]");
            else
                text.Append('.').Append(step.Name);
        }
        return text.ToString();
    }

    /// <param name="Name">A member or key; null for an entry of a list.</param>
    /// <param name="Index">The entry's place in its list.</param>
    private readonly record struct Step(string? Name, int Index);
}
