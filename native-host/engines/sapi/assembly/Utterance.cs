namespace Aside.Sapi
{
    /// <summary>What to say and how, on SAPI's scales.</summary>
    public sealed class Utterance
    {
        public int Id;
        public string Text;
        /// <summary>SPEAKFLAGS that say what the text is; see Spf.</summary>
        public uint Flags;
        public string VoiceId;
        /// <summary>-10 to 10.</summary>
        public int Rate;
        /// <summary>0 to 100.</summary>
        public int Volume;
    }

    /// <summary>Where a voice's audio goes.</summary>
    public interface IPcmSink
    {
        /// <summary>16-bit samples, one channel; takes a copy. Blocks while nobody wants more. False: drop the rest.</summary>
        bool Audio(byte[] samples, int bytes, int samplesPerSecond);
    }
}
